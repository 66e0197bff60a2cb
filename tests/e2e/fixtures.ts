import { cp, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test as base, expect, type Page } from "@playwright/test";
import { buildApp } from "../../scripts/app-build.ts";
import { openProduct, type Product } from "../support/product.ts";
import { serveApp } from "../support/static-site.ts";
import { type Hooks, startHooks } from "./hooks.ts";
import { makeSample, type Sample } from "./sample.ts";

interface WorkerFixtures {
  /** The built app, copied: building it again meanwhile does not pull it from under the tests. */
  appDir: string;
  product: Product;
  /** Takes webhooks as http://hooks.example. */
  hooks: Hooks;
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

// Playwright reads from its first argument, which has to be a pattern, what a fixture needs. Every worker has a `playwright`.
export const test = base.extend<TestFixtures, WorkerFixtures>({
  appDir: [
    async ({ playwright: _needsNothing }, use) => {
      const appDir = await mkdtemp(join(tmpdir(), "aim-app-"));
      await cp(await buildApp(() => {}), appDir, { recursive: true });
      await use(appDir);
      await rm(appDir, { recursive: true });
    },
    { scope: "worker", timeout: 120_000 },
  ],
  hooks: [
    async ({ playwright: _needsNothing }, use) => {
      const hooks = await startHooks();
      await use(hooks);
      await hooks.close();
    },
    { scope: "worker" },
  ],
  product: [
    async ({ appDir, hooks }, use) => {
      const product = await openProduct({
        allowHosts: [`hooks.example=127.0.0.1:${hooks.port}`],
        siteRoots: [join(import.meta.dirname, "../../scripts/demo/sites")],
        appDir,
      });
      await use(product);
      await product.close();
    },
    { scope: "worker", timeout: 120_000 },
  ],
  otherOrigin: [
    async ({ appDir, product }, use) => {
      const { url, publishableKey } = product.stack;
      const site = await serveApp(appDir, { url, publishableKey });
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
