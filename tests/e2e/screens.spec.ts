import { join } from "node:path";
import type { Page } from "@playwright/test";
import { expect, test } from "./fixtures.ts";
import { signIn } from "./pages/account.ts";
import { guestPlaces, type Place, showTheme, THEMES, userPlaces } from "./pages/places.ts";
import type { Sample } from "./sample.ts";

const FOLDER = join(import.meta.dirname, "../../test-results/screens");
const SIZES = [
  { width: 1440, height: 900 },
  { width: 390, height: 844 },
];

const isWiderThanItsWindow = (page: Page) =>
  page.evaluate(() => (document.scrollingElement?.scrollWidth ?? 0) > innerWidth);

/** Takes a picture of each place in each theme. Gives the names of those that do not fit their window. */
async function takePictures(page: Page, places: Place[], sample: Sample): Promise<string[]> {
  const tooWide: string[] = [];
  const width = page.viewportSize()?.width;
  for (const { name, open } of places) {
    await open(page, sample);
    for (const theme of THEMES) {
      await showTheme(page, theme);
      await page.screenshot({ path: join(FOLDER, `${width}-${theme}`, `${name}.png`) });
    }
    if (await isWiderThanItsWindow(page)) tooWide.push(name);
  }
  return tooWide;
}

for (const viewport of SIZES) {
  test.describe(`in a window of ${viewport.width}×${viewport.height}`, () => {
    test.use({ viewport });

    test("every page fits, light and dark, and logs no error", async ({ quietPage: page, sample }) => {
      test.setTimeout(900_000); // some forty pages, each in two themes
      expect(await takePictures(page, guestPlaces, sample)).toEqual([]);
      await signIn(page, sample.email);
      expect(await takePictures(page, userPlaces, sample)).toEqual([]);
    });
  });
}
