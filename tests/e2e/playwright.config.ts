import { defineConfig } from "@playwright/test";
import { browserArguments, findBrowser } from "./browser.ts";

const executablePath = await findBrowser();
// Each run has a folder of its own, which its workers hear of this way: a run empties its folder when it starts.
process.env.AIM_TEST_RUN ??= `run-${process.pid}`;

export default defineConfig({
  testDir: ".",
  globalSetup: "./build-app.ts",
  outputDir: `../../test-results/${process.env.AIM_TEST_RUN}`,
  timeout: 120_000,
  expect: { timeout: 20_000 },
  // Each worker has a product of its own, and spends half of its time waiting for it.
  workers: 2,
  fullyParallel: true,
  forbidOnly: Boolean(process.env.CI),
  // `npm run test:e2e` counts from the file.
  reporter: process.env.PLAYWRIGHT_JSON_OUTPUT_FILE ? [["list"], ["json"]] : [["list"]],
  use: {
    viewport: { width: 1440, height: 900 },
    launchOptions: { args: browserArguments, ...(executablePath ? { executablePath } : {}) },
    // A trace of every test takes half as long again: `--trace on` records one where it is needed.
    screenshot: "only-on-failure",
  },
});
