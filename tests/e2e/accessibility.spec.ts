import type { Page } from "@playwright/test";
import axe, { type RunOnly } from "axe-core";
import { PASSWORD } from "../support/product.ts";
import { expect, test } from "./fixtures.ts";
import { signIn } from "./pages/account.ts";
import { guestPlaces, type Place, showTheme, userPlaces } from "./pages/places.ts";
import type { Sample } from "./sample.ts";

const EVERYTHING: RunOnly = { type: "tag", values: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"] };
/** What the theme changes, and what the size of the window changes. */
const COLOURS: RunOnly = { type: "rule", values: ["color-contrast"] };
const SIZES: RunOnly = { type: "rule", values: ["target-size"] };

const PHONE = { width: 390, height: 844 };

/** What WCAG 2.2 A and AA, or some rules of it, find wrong with a page: rule and element, nothing when it is right. */
async function violations(page: Page, runOnly: RunOnly): Promise<string[]> {
  await page.evaluate(axe.source);
  return page.evaluate(async (rules) => {
    const { axe: injected } = window as unknown as { axe: typeof axe }; // put there by the line above
    const { violations: found } = await injected.run(document, { runOnly: rules });
    return found.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 200)}`));
  }, runOnly);
}

async function checkPlaces(page: Page, places: Place[], sample: Sample): Promise<void> {
  const window = page.viewportSize() ?? PHONE;
  for (const { name, open } of places) {
    await open(page, sample);
    await showTheme(page, "light");
    expect.soft(await violations(page, EVERYTHING), name).toEqual([]);
    await showTheme(page, "dark");
    expect.soft(await violations(page, COLOURS), `${name}, dark`).toEqual([]);
    await page.setViewportSize(PHONE);
    await showTheme(page, "dark");
    expect.soft(await violations(page, SIZES), `${name}, on a phone`).toEqual([]);
    await page.setViewportSize(window);
  }
}

test("everyone can use the pages around signing in, light, dark and on a phone", async ({ page, sample }) => {
  await checkPlaces(page, guestPlaces, sample);
});

/** Pages and dialogs of one test: few enough that tests beside each other share the work. */
const AT_ONCE = 8;

for (let first = 0; first < userPlaces.length; first += AT_ONCE) {
  const places = userPlaces.slice(first, first + AT_ONCE);
  const names = places.map(({ name }) => name).join(", ");
  test(`everyone can use, light, dark and on a phone: ${names}`, async ({ page, sample }) => {
    test.slow();
    await signIn(page, sample.email);
    await checkPlaces(page, places, sample);
  });
}

test("the keyboard alone leads from signing in to a company and back", async ({
  quietPage: page,
  sample,
}) => {
  await page.goto("/sign-in");
  await expect(page.getByRole("textbox", { name: "E-mail" })).toBeFocused();
  await page.keyboard.type(sample.email);
  await page.keyboard.press("Tab");
  await expect(page.getByRole("link", { name: "Forgot password?" })).toBeFocused();
  await page.keyboard.press("Tab");
  await page.keyboard.type(PASSWORD);
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { name: "Campaigns", level: 1 })).toBeVisible();

  await page.keyboard.press("Control+k");
  await expect(
    page.getByRole("combobox", { name: "Search campaigns, companies, contacts and commands" }),
  ).toBeFocused();
  await page.keyboard.type("climate");
  await expect(page.getByRole("option", { name: "Climate and industry, spring" })).toBeVisible();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { name: "Climate and industry, spring", level: 1 })).toBeVisible();

  const grid = page.getByRole("grid", { name: "companies" });
  await expect(grid.getByRole("rowheader").first()).toBeVisible();
  for (let tabs = 0; tabs < 40; tabs += 1) {
    if (await grid.evaluate((element) => element === document.activeElement)) break;
    await page.keyboard.press("Tab");
  }
  await expect(grid).toBeFocused();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowDown");
  const second = await grid.getByRole("rowheader").nth(2).textContent();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("dialog", { name: second ?? "" })).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog")).toBeHidden();
  await expect(grid).toBeFocused();
});
