import { expect, type Locator, type Page } from "@playwright/test";
import type { Sample } from "../sample.ts";
import { checkRows, chooseFile, csvFile, openImport } from "./imports.ts";
import { rowOf } from "./list.ts";

/** A page or dialog of the app, and how a user gets there. */
export interface Place {
  name: string;
  /** Goes there and waits until what it is for can be seen. */
  open: (page: Page, sample: Sample) => Promise<void>;
}

export type Theme = "light" | "dark";
export const THEMES: readonly Theme[] = ["light", "dark"];

const seen = (locator: Locator) => expect(locator).toBeVisible();

/** What somebody who is not signed in sees. */
export const guestPlaces: Place[] = [
  {
    name: "sign-in",
    open: async (page) => {
      await page.goto("/sign-in");
      await seen(page.getByRole("heading", { name: "Sign in" }));
    },
  },
  {
    name: "sign-up",
    open: async (page) => {
      await page.goto("/sign-up");
      await page.getByRole("textbox", { name: "E-mail" }).fill("nobody");
      await page.getByRole("button", { name: "Create account" }).click();
      await seen(page.getByText("email address").first());
    },
  },
  {
    name: "forgot-password",
    open: async (page) => {
      await page.goto("/forgot-password");
      await seen(page.getByRole("link", { name: "/mailbox" }));
    },
  },
  {
    name: "invite",
    open: async (page) => {
      await page.goto("/invites/00000000-0000-4000-8000-000000000000?token=x#error_code=otp_expired");
      await seen(page.getByText("expired or was used already"));
    },
  },
  {
    name: "reset-password",
    open: async (page) => {
      await page.goto("/reset-password");
      await seen(page.getByText("This page needs a link"));
    },
  },
];

const campaignPage = async (page: Page, { campaignId }: Sample, path: string, sign: Locator) => {
  await page.goto(`/c/${campaignId}/${path}`);
  await seen(sign);
};

const FILE = csvFile(
  "leads.csv",
  "Company,Website,City,Staff band\r\nOakline,oakline.example,Leeds,10\r\n,call us,,\r\nFinch,not a site,York,5\r\n",
);

async function importUntil(page: Page, sample: Sample, step: "file" | "match" | "check") {
  await campaignPage(page, sample, "imports", page.getByRole("button", { name: "Import", exact: true }));
  const dialog = await openImport(page);
  if (step === "file") return;
  await chooseFile(page, FILE);
  await seen(dialog.getByRole("button", { name: "Check the rows" }));
  if (step === "check") await checkRows(page);
}

const companies = (page: Page, sample: Sample) =>
  campaignPage(page, sample, "companies", rowOf(page, "Kupfer & Licht"));
/** By the first row, whoever that is: which contacts are in view depends on which company was researched first. */
const contacts = (page: Page, sample: Sample) =>
  campaignPage(page, sample, "contacts", page.getByRole("rowheader").first());

/** What the sample's user sees. */
export const userPlaces: Place[] = [
  {
    name: "campaigns",
    open: async (page) => {
      await page.goto("/campaigns");
      await seen(page.getByRole("main").getByRole("link", { name: "Climate and industry, spring" }));
    },
  },
  {
    name: "new-campaign",
    open: async (page) => {
      await page.goto("/campaigns");
      await page.getByRole("main").getByRole("button", { name: "New campaign" }).click();
      await seen(page.getByRole("dialog", { name: "New campaign" }));
    },
  },
  { name: "companies", open: companies },
  {
    name: "company-filter",
    open: async (page, sample) => {
      await companies(page, sample);
      await page.getByRole("button", { name: "Filter" }).click();
      await seen(page.getByRole("dialog", { name: "Filter" }));
    },
  },
  {
    name: "company-columns",
    open: async (page, sample) => {
      await companies(page, sample);
      await page.getByRole("button", { name: "Columns" }).click();
      await seen(page.getByRole("dialog", { name: "Columns" }));
    },
  },
  {
    name: "views",
    open: async (page, sample) => {
      await companies(page, sample);
      await page.getByRole("button", { name: "Views" }).click();
      await page.getByRole("menuitem", { name: "Save as a new view…" }).click();
      await seen(page.getByRole("dialog", { name: "Save as a new view" }));
    },
  },
  {
    name: "edit-selection",
    open: async (page, sample) => {
      await companies(page, sample);
      await page.getByRole("checkbox", { name: "Select Kupfer & Licht" }).click();
      await page.getByRole("toolbar", { name: "Selection" }).getByRole("button", { name: "Edit" }).click();
      await page.getByRole("menuitem", { name: "Set owner…" }).click();
      await seen(page.getByRole("dialog", { name: "Set owner" }));
    },
  },
  {
    name: "company-selection",
    open: async (page, sample) => {
      await companies(page, sample);
      await page.getByRole("checkbox", { name: "Select Kupfer & Licht" }).click();
      await seen(page.getByRole("toolbar", { name: "Selection" }));
    },
  },
  {
    name: "company",
    open: async (page, sample) => {
      await companies(page, sample);
      await rowOf(page, "Evergreen Peak Ventures").getByRole("rowheader").click();
      await seen(page.getByRole("dialog").getByText("Heatherstone", { exact: true }));
    },
  },
  {
    name: "no-companies-match",
    open: (page, sample) =>
      campaignPage(
        page,
        sample,
        "companies?q=zzzz",
        page.getByRole("heading", { name: "No companies match" }),
      ),
  },
  { name: "contacts", open: contacts },
  {
    name: "contact",
    open: async (page, sample) => {
      await campaignPage(page, sample, "contacts?q=maya", rowOf(page, "Maya Lindgren"));
      await rowOf(page, "Maya Lindgren").getByRole("rowheader").click();
      await seen(page.getByRole("dialog").getByText("maya@northwind-robotics.localhost"));
    },
  },
  {
    name: "research",
    open: (page, sample) =>
      campaignPage(page, sample, "research", page.getByRole("progressbar", { name: "Contacts" })),
  },
  {
    name: "research-job",
    open: async (page, sample) => {
      const jobs = page.getByRole("grid", { name: "Jobs" });
      await campaignPage(page, sample, "research", jobs.getByRole("rowheader").first());
      await jobs.press("Enter");
      await seen(page.getByRole("heading", { name: "Attempts" }));
    },
  },
  {
    name: "add-integration",
    open: async (page) => {
      await page.goto("/settings/integrations");
      await page.getByRole("button", { name: "Add integration" }).click();
      await seen(page.getByRole("dialog", { name: "Add an integration" }));
    },
  },
  {
    name: "deliveries",
    open: async (page) => {
      await page.goto("/settings/integrations/deliveries");
      await seen(page.getByText("Nothing was sent yet"));
    },
  },
  {
    name: "start-research",
    open: async (page, sample) => {
      await companies(page, sample);
      await page.getByRole("button", { name: "Start research" }).click();
      await seen(page.getByRole("dialog", { name: "Start research" }));
    },
  },
  {
    name: "export",
    open: async (page, sample) => {
      await companies(page, sample);
      await page.getByRole("button", { name: "Export", exact: true }).click();
      await seen(page.getByRole("button", { name: "Download CSV" }));
    },
  },
  {
    name: "imports",
    open: (page, sample) =>
      campaignPage(page, sample, "imports", page.getByRole("list", { name: "Earlier imports" })),
  },
  { name: "import-file", open: (page, sample) => importUntil(page, sample, "file") },
  { name: "import-match", open: (page, sample) => importUntil(page, sample, "match") },
  { name: "import-check", open: (page, sample) => importUntil(page, sample, "check") },
  {
    name: "settings",
    open: async (page, { email }) => {
      await page.goto("/settings");
      await seen(page.getByRole("main").getByText(email));
    },
  },
  {
    name: "members",
    open: async (page, { email }) => {
      await page.goto("/settings/members");
      await seen(page.getByRole("list", { name: "Members" }).getByText(email));
    },
  },
  {
    name: "invite-somebody",
    open: async (page) => {
      await page.goto("/settings/members");
      await page.getByRole("button", { name: "Invite" }).click();
      await seen(page.getByRole("dialog", { name: /^Invite to/ }));
    },
  },
  {
    name: "command-palette",
    open: async (page, sample) => {
      await companies(page, sample);
      await page.keyboard.press("Control+k");
      await seen(page.getByRole("dialog", { name: "Command palette" }).getByRole("option").first());
    },
  },
  {
    name: "keyboard-shortcuts",
    open: async (page, sample) => {
      await companies(page, sample);
      await page.keyboard.press("?");
      await seen(page.getByRole("dialog", { name: "Keyboard shortcuts" }));
    },
  },
  {
    name: "all-contacts",
    open: async (page) => {
      await page.goto("/contacts");
      await seen(page.getByRole("main").getByRole("link", { name: "Climate and industry, spring" }).first());
    },
  },
  {
    name: "not-found",
    open: async (page) => {
      await page.goto("/nowhere");
      await seen(page.getByRole("heading", { name: "Page not found" }));
    },
  },
];

/** Shows the page in a theme and brings to rest what moves, so that what is looked at is what people see. */
export async function showTheme(page: Page, theme: Theme): Promise<void> {
  await page.emulateMedia({ colorScheme: theme });
  await expect(page.locator("html")).toHaveAttribute("data-theme", theme);
  await page.evaluate(async () => {
    await document.fonts.ready;
    for (const animation of document.getAnimations()) {
      if (animation.effect?.getComputedTiming().iterations !== Number.POSITIVE_INFINITY) animation.finish();
    }
  });
}
