import { defineConfig } from "@playwright/test";
import { browserArguments, findBrowser } from "./browser.ts";

const executablePath = await findBrowser();

export default defineConfig({
  testDir: ".",
  outputDir: "../../test-results",
  timeout: 90_000,
  expect: { timeout: 15_000 },
  workers: 1,
  forbidOnly: Boolean(process.env.CI),
  reporter: [["list"], ["json"]],
  use: {
    viewport: { width: 1440, height: 900 },
    launchOptions: { args: browserArguments, ...(executablePath ? { executablePath } : {}) },
    trace: "retain-on-failure",
  },
});
