import type { Locator, Page } from "@playwright/test";

/** The row of a list by its first column. */
export function rowOf(page: Page, name: string): Locator {
  return page.getByRole("row").filter({ has: page.getByRole("rowheader", { name, exact: true }) });
}

/** What a list says below its rows, such as "12 companies". */
export function listSummary(page: Page, list: "companies" | "contacts", text: string): Locator {
  return page.getByRole("region", { name: list }).getByText(text, { exact: true });
}

/** What a list shows, top to bottom: each row's text by the header of its column. */
export function shownRows(page: Page, list: "companies" | "contacts"): Promise<Record<string, string>[]> {
  return page.getByRole("grid", { name: list }).evaluate((grid) => {
    const headers = [...grid.querySelectorAll("thead th")].map((cell) => cell.textContent.trim());
    const rows = [...grid.querySelectorAll("tbody tr")].sort(
      (a, b) => Number(a.getAttribute("aria-rowindex")) - Number(b.getAttribute("aria-rowindex")),
    );
    return rows.map((row) =>
      Object.fromEntries([...row.children].map((cell, at) => [headers[at] ?? "", cell.textContent.trim()])),
    );
  });
}
