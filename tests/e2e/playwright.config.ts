import { defineConfig } from "@playwright/test";
import { browserArguments, findBrowser } from "./browser.ts";

const executablePath = await findBrowser();

export default defineConfig({
  testDir: ".",
  outputDir: "../../test-results",
  timeout: 120_000,
  expect: { timeout: 20_000 },
  workers: 1,
  forbidOnly: Boolean(process.env.CI),
  // `npm run test:e2e` counts from the file.
  reporter: process.env.PLAYWRIGHT_JSON_OUTPUT_FILE ? [["list"], ["json"]] : [["list"]],
  use: {
    viewport: { width: 1440, height: 900 },
    launchOptions: { args: browserArguments, ...(executablePath ? { executablePath } : {}) },
    trace: "retain-on-failure",
  },
});
