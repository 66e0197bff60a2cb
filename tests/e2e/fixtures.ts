import { join } from "node:path";
import { test as base, expect, type Page } from "@playwright/test";
import { buildApp } from "../../scripts/app-build.ts";
import { openProduct, type Product } from "../support/product.ts";
import { serveApp } from "../support/static-site.ts";
import { makeSample, type Sample } from "./sample.ts";

interface WorkerFixtures {
  product: Product;
  /** The app on an origin of its own, as on a static host. */
  otherOrigin: string;
  /** A user with a campaign of the demo companies, all researched. Tests look at it and change nothing. */
  sample: Sample;
}

interface TestFixtures {
  /** Where `page.goto("/…")` finds the app. */
  appOn: "the origin of the API" | "an origin of its own";
  /** Fails the test if the page throws or logs an error. */
  quietPage: Page;
}

export const test = base.extend<TestFixtures, WorkerFixtures>({
  product: [
    // Playwright reads the fixtures a fixture needs from this pattern; there are none.
    // biome-ignore lint/correctness/noEmptyPattern: see above
    async ({}, use) => {
      const appDir = await buildApp(() => {});
      const product = await openProduct({
        siteRoots: [join(import.meta.dirname, "../../scripts/demo/sites")],
        appDir,
      });
      await use(product);
      await product.close();
    },
    { scope: "worker", timeout: 120_000 },
  ],
  otherOrigin: [
    async ({ product }, use) => {
      const { url, publishableKey } = product.stack;
      const site = await serveApp(await buildApp(() => {}), { url, publishableKey });
      await use(site.origin);
      await site.close();
    },
    { scope: "worker", timeout: 60_000 },
  ],
  sample: [async ({ product }, use) => use(await makeSample(product)), { scope: "worker", timeout: 60_000 }],
  appOn: ["the origin of the API", { option: true }],
  baseURL: ({ product, otherOrigin, appOn }, use) =>
    use(appOn === "the origin of the API" ? product.stack.url : otherOrigin),
  quietPage: async ({ page }, use) => {
    const problems: string[] = [];
    page.on("pageerror", (error) => problems.push(error.message));
    page.on("console", (message) => {
      if (message.type() === "error") problems.push(message.text());
    });
    await use(page);
    expect(problems).toEqual([]);
  },
});

export { expect };
