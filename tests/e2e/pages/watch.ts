import type { Page, Request } from "@playwright/test";

/** What a page asks for and does from now on. */
export interface Watch {
  /** How often a function of the database was called. */
  calls(name: string): number;
  /** How often a whole page was loaded. */
  loads(): number;
}

/** Counts requests and page loads from now on. */
export function watch(page: Page): Watch {
  const called: string[] = [];
  let loads = 0;
  page.on("request", (request: Request) => {
    const name = /\/rest\/v1\/rpc\/(\w+)/.exec(request.url())?.[1];
    if (name !== undefined && request.method() === "POST") called.push(name);
  });
  page.on("load", () => {
    loads += 1;
  });
  return { calls: (name) => called.filter((one) => one === name).length, loads: () => loads };
}

/** Notes every value that a progress bar of this name shows from now on, wherever on the page it is drawn. */
export async function noteProgress(page: Page, name: string): Promise<() => Promise<number[]>> {
  const notes = await page.evaluateHandle((label) => {
    const values = new Set<number>();
    const note = () => {
      for (const bar of document.querySelectorAll(`[role=progressbar][aria-label="${label}"]`)) {
        values.add(Number(bar.getAttribute("aria-valuenow")));
      }
    };
    new MutationObserver(note).observe(document.body, { subtree: true, childList: true, attributes: true });
    return values;
  }, name);
  return () => notes.evaluate((values) => [...values]);
}
