import { join } from "node:path";
import type { Page } from "@playwright/test";
import { expect, test } from "./fixtures.ts";
import { signIn } from "./pages/account.ts";
import { guestPlaces, type Place, settle, userPlaces } from "./pages/places.ts";
import type { Sample } from "./sample.ts";

const FOLDER = join(import.meta.dirname, "../../test-results/screens");
const SIZES = [
  { width: 1440, height: 900 },
  { width: 390, height: 844 },
];

/** By how many pixels the page is wider than its window. */
const sidewaysOverflow = (page: Page) =>
  page.evaluate(() => (document.scrollingElement?.scrollWidth ?? 0) - innerWidth);

async function takePictures(page: Page, places: Place[], sample: Sample, looks: string): Promise<void> {
  for (const { name, open } of places) {
    await open(page, sample);
    await settle(page);
    await page.screenshot({ path: join(FOLDER, looks, `${name}.png`) });
    expect.soft(await sidewaysOverflow(page), name).toBeLessThanOrEqual(0);
  }
}

for (const viewport of SIZES) {
  for (const colorScheme of ["light", "dark"] as const) {
    const looks = `${viewport.width}-${colorScheme}`;

    test.describe(`at ${viewport.width}×${viewport.height}, ${colorScheme}`, () => {
      test.use({ viewport, colorScheme });

      test("every page fits its window and logs no error", async ({ quietPage: page, sample }) => {
        test.slow();
        await takePictures(page, guestPlaces, sample, looks);
        await signIn(page, sample.email);
        await takePictures(page, userPlaces, sample, looks);
      });
    });
  }
}
