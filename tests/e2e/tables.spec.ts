import type { Page } from "@playwright/test";
import postgres from "postgres";
import type { Product } from "../support/product.ts";
import { expect, test } from "./fixtures.ts";
import { signIn } from "./pages/account.ts";
import { listSummary, rowOf } from "./pages/list.ts";

const ROWS = 3_000;

/** A user with a campaign of many companies, numbered from 1; every tenth is in Norway. */
async function manyCompanies({ stack, signUp }: Product) {
  const { client, workspaceId, email } = await signUp("tables");
  const { data } = await client
    .from("campaigns")
    .insert({ workspace_id: workspaceId, name: "Long list" })
    .select("id")
    .single()
    .throwOnError();
  const sql = postgres(stack.dbUrl, { max: 1 });
  await sql`
    insert into public.companies (workspace_id, campaign_id, name, dedupe_key, country)
    select ${workspaceId}, ${data.id}, 'Company ' || lpad(n::text, 4, '0'), 'company ' || n, case when n % 10 = 0 then 'Norway' else 'Chile' end
    from generate_series(1, ${ROWS}::int) as n`;
  await sql.end();
  return { email, path: `/c/${data.id}/companies` };
}

const companies = (page: Page) => page.getByRole("grid", { name: "companies" });

test("a long list is dragged, wheeled and walked to any row; filter, sort and an edited cell outlive a reload", async ({
  quietPage: page,
  product,
}) => {
  test.slow();
  const { email, path } = await manyCompanies(product);
  await signIn(page, email);
  await page.goto(`${path}?sort=name`);
  await expect(rowOf(page, "Company 0001")).toBeVisible();
  await expect(listSummary(page, "companies", "3,000 companies")).toBeVisible();
  const grid = companies(page);

  // As dragging the scrollbar does; a browser without a screen has none.
  const dragTo = (share: number) =>
    grid.evaluate((table, at) => table.scrollTo(0, table.scrollHeight * at), share);
  for (const share of [0.2, 0.4, 0.6, 0.8, 1]) await dragTo(share);
  await expect(rowOf(page, "Company 3000")).toBeInViewport();
  await expect(rowOf(page, "Company 3000")).toHaveAttribute("aria-rowindex", "3001");
  await dragTo(0.5);
  await expect(rowOf(page, "Company 1505")).toBeInViewport();

  await grid.hover();
  await page.mouse.wheel(0, -40 * 100);
  await expect(rowOf(page, "Company 1405")).toBeInViewport();

  await grid.focus();
  await page.keyboard.press("End");
  await expect(rowOf(page, "Company 3000")).toBeInViewport();
  await page.keyboard.press("Home");
  await page.keyboard.press("ArrowDown");
  await expect(rowOf(page, "Company 0002")).toBeVisible();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("dialog", { name: "Company 0002" })).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog")).toBeHidden();
  await expect(grid).toBeFocused();
  await page.keyboard.press(" ");
  await expect(page.getByRole("toolbar", { name: "Selection" })).toContainText("1 selected");
  await page.keyboard.press("Escape");
  await expect(page.getByRole("toolbar", { name: "Selection" })).toBeHidden();

  await page.goto(path);
  await page.getByRole("button", { name: "Filter" }).click();
  await page.getByRole("combobox", { name: "Country is" }).fill("Norway");
  await page.keyboard.press("Enter");
  await page.getByText("More filters").click();
  await page.getByLabel("Added from").focus();
  await page.keyboard.type("01022026", { delay: 50 });
  await expect(page).toHaveURL(/addedFrom=2026-01-02/);
  await page.keyboard.press("Escape");
  const search = page.getByLabel("Search companies");
  await search.pressSequentially("company", { delay: 300 });
  await expect(search).toHaveValue("company");
  await expect(page).toHaveURL(/q=company/);
  await search.press("Escape");
  await expect(page).not.toHaveURL(/q=/);
  await page.getByRole("button", { name: "Company", exact: true }).click();
  await expect(listSummary(page, "companies", "300 companies match")).toBeVisible();
  // The count is there before the order: the row to edit is the first by name.
  await expect(rowOf(page, "Company 0010")).toBeVisible();

  await companies(page).focus();
  await page.keyboard.press("F2");
  await page.keyboard.type("Aurora Works");
  await page.keyboard.press("Enter");
  await expect(rowOf(page, "Aurora Works")).toBeVisible();
  await expect(companies(page)).toBeFocused();

  await page.reload();
  await expect(rowOf(page, "Aurora Works")).toBeVisible();
  await expect(page.getByRole("button", { name: "Remove filter: Norway" })).toBeVisible();
  await expect(page.getByRole("columnheader", { name: "Company" })).toHaveAttribute("aria-sort", "ascending");
  await expect(listSummary(page, "companies", "300 companies match")).toBeVisible();
});
