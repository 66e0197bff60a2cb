// @vitest-environment jsdom
import { screen, waitFor } from "@testing-library/react";
import { beforeEach, expect, test, vi } from "vitest";
import { campaignOptions } from "@/features/campaigns/queries";
import { testSupabase } from "@/lib/test-supabase";
import { campaign, clay, progress, run, showResearch } from "./research-fixture";
import { StartResearchButton } from "./StartResearchButton";
import type { NewestRun } from "./scope-words";

// Typing key by key is slow on a busy machine.
vi.setConfig({ testTimeout: 30_000 });

const LEFT = "Nothing is left to do here. Tick “Again for those already researched” to do it again.";
let newest: NewestRun | null = null;
let read = Promise.resolve();
let refusal: string | null = null;
const { asked } = testSupabase(async ({ path, query }) => {
  if (path === "/rest/v1/campaigns") {
    await read;
    const research_plan = { stages: ["company", "contacts"], providers: { company: "clay" }, spend_cap: 9 };
    return Response.json({ research_plan, workspace_id: "w" });
  }
  if (path === "/rest/v1/integrations") return Response.json([clay]);
  if (path === "/rest/v1/rpc/engine_status") return Response.json(progress.engine);
  if (path === "/rest/v1/rpc/start_research")
    return refusal === null
      ? Response.json(progress)
      : Response.json({ code: "PT409", message: refusal, hint: "nothing_to_research" }, { status: 409 });
  if (path === "/rest/v1/research_runs" && query.get("select")?.includes("companies_total"))
    return Response.json(newest ? [newest] : []);
  return Response.json([]);
});
beforeEach(() => {
  newest = null;
  read = Promise.resolve();
  refusal = null;
});
const starts = () => asked.filter(({ path }) => path === "/rest/v1/rpc/start_research");
const checkbox = (name: string) => screen.findByRole("checkbox", { name });

/** Opens the dialog of a campaign of which so many of 20 companies are researched, and gives the button that starts. */
async function open(researched = 0) {
  const { client, user } = showResearch(<StartResearchButton campaignId="c" />);
  client.setQueryData(campaignOptions("c").queryKey, { ...campaign, researched_count: researched });
  await user.click(await screen.findByRole("button", { name: "Start research" }));
  const dialog = await screen.findByRole("dialog", { name: "Start research" });
  const confirm = await screen.findByRole<HTMLButtonElement>("button", { name: "Start research" });
  return { user, dialog, confirm };
}

test("the dialog has the focus until its stages are known, then the first of them has it", async () => {
  let arrive = () => {};
  read = new Promise((resolve) => {
    arrive = resolve;
  });
  const { dialog } = await open();
  await waitFor(() => expect(document.activeElement).toBe(dialog));
  arrive();
  const first = await checkbox("Find companies");
  await waitFor(() => expect(document.activeElement).toBe(first));
});

test("whoever has moved on while the stages are read stays there", async () => {
  let arrive = () => {};
  read = new Promise((resolve) => {
    arrive = resolve;
  });
  const { user, dialog } = await open();
  const cancel = await screen.findByRole("button", { name: "Cancel" });
  await waitFor(() => expect(document.activeElement).toBe(dialog));
  cancel.focus();
  arrive();
  await checkbox("Find companies");
  expect(document.activeElement).toBe(cancel);
  await user.keyboard("{Escape}");
});

test("Enter where an amount is typed starts, Enter on a checkbox does not", async () => {
  const { user, confirm } = await open();
  const amount = await screen.findByLabelText("Spend at most");
  await waitFor(() => expect(confirm.disabled).toBe(false));
  (await checkbox("Company")).focus();
  await user.keyboard("{Enter}");
  expect(starts()).toHaveLength(0);
  await user.type(amount, "5{Enter}");
  await waitFor(() => expect(starts()).toHaveLength(1));
  expect(JSON.parse(starts()[0]?.body ?? "")).toMatchObject({ options: { spend_cap: 95 } });
});

test("where the newest run has done all that is chosen nothing can be started until it is to be done again", async () => {
  newest = { status: "completed", stages: ["company", "contacts"], companies_total: 20 };
  const { user, confirm } = await open(20);
  expect(await screen.findByText(LEFT)).toBeDefined();
  expect(confirm.disabled).toBe(true);
  await user.click(await checkbox("Again for those already researched"));
  expect(screen.queryByText(LEFT)).toBeNull();
  expect(confirm.disabled).toBe(false);
});

test("a start that finds nothing to do says so, until something else is chosen", async () => {
  newest = { ...run, companies_total: 3, status: "completed" };
  refusal = "No company here is waiting for research.";
  const { user, confirm } = await open(20);
  await waitFor(() => expect(confirm.disabled).toBe(false));
  await user.click(confirm);
  expect((await screen.findByText(LEFT)).getAttribute("role")).toBe("status");
  expect(confirm.getAttribute("aria-disabled")).toBe("true");
  expect(document.activeElement).toBe(confirm);
  expect(screen.queryByRole("alert")).toBeNull();
  await user.click(confirm);
  expect(starts()).toHaveLength(1);
  await user.click(await checkbox("Financials"));
  await waitFor(() => expect(screen.queryByText(LEFT)).toBeNull());
  expect(confirm.disabled).toBe(false);
});

test("again and afresh say what each is about", async () => {
  await open();
  await checkbox("Ignore saved results");
  expect(
    screen.getByText("Companies that were done before are included. Otherwise they are left out."),
  ).toBeDefined();
  expect(screen.getByText(/^Everything is asked for, and paid for, anew\. Otherwise results/)).toBeDefined();
});
