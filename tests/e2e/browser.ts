import { access, constants } from "node:fs/promises";
import { chromium } from "@playwright/test";

const KNOWN_PLACES = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
];

export const howToGetABrowser =
  "No Chromium was found, so the browser tests are skipped. Install it (Debian: apt-get install chromium), or set CHROMIUM_PATH.";

/** Flags for a browser without a screen, a sandbox of its own or calls home. */
export const browserArguments = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** Where a Chromium is, if there is one. */
export async function findBrowser(): Promise<string | undefined> {
  for (const path of [process.env.CHROMIUM_PATH, ...KNOWN_PLACES, chromium.executablePath()]) {
    if (path && (await isExecutable(path))) return path;
  }
  return undefined;
}

function isExecutable(path: string): Promise<boolean> {
  return access(path, constants.X_OK).then(
    () => true,
    () => false,
  );
}
