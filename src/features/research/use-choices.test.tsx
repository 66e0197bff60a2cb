// @vitest-environment jsdom
import type { ResearchPlan } from "@contracts";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { act, renderHook, waitFor } from "@testing-library/react";
import type { ReactNode } from "react";
import { beforeEach, expect, test } from "vitest";
import { integrationsOptions } from "@/features/integrations/queries";
import { testSupabase } from "@/lib/test-supabase";
import { firstChoices } from "./plan";
import { campaign, clay } from "./research-fixture";
import { researchPlanOptions } from "./run-queries";
import { draftOf } from "./source-form";
import { useChoices } from "./use-choices";

const last: ResearchPlan = { stages: ["financials"], providers: { financials: "clay" }, spend_cap: 50 };
const other: ResearchPlan = { stages: ["company"], providers: {}, spend_cap: 7 };
const refused = { code: "bad", message: "Not now." };

let fails = false;
let own: ResearchPlan | null = last;
let latest: ResearchPlan | null = null;
testSupabase(({ path, query }) => {
  if (path === "/rest/v1/research_runs")
    return Response.json(
      query.get("workspace_id") === "eq.w" && latest ? [{ campaigns: { research_plan: latest } }] : [],
    );
  if (path === "/rest/v1/integrations") return Response.json([clay]);
  return fails
    ? Response.json(refused, { status: 400 })
    : Response.json({ research_plan: own, workspace_id: "w" });
});
beforeEach(() => {
  fails = false;
  own = last;
  latest = null;
});
/** The choices for a campaign that has no companies yet. */
function choosing(client = new QueryClient({ defaultOptions: { queries: { retry: false } } })) {
  const wrapper = ({ children }: { children: ReactNode }) => (
    <QueryClientProvider client={client}>{children}</QueryClientProvider>
  );
  const shown = renderHook(
    ({ companies }) => useChoices("c", { ...campaign, company_count: companies }, null),
    { wrapper, initialProps: { companies: 0 } },
  );
  const { result } = shown;
  const known = () => waitFor(() => expect(result.current.known).toBe(true));
  return { ...shown, client, known };
}

test("what others change while a run is planned changes nothing in the plan", async () => {
  const { result, rerender, client, known } = choosing();
  await known();
  const { choices, cap, integrations } = result.current;
  expect(choices).toEqual(firstChoices(last, [clay], true));
  expect(cap).toBe("50");
  const plan = researchPlanOptions("c").queryKey;
  act(() => {
    client.setQueryData(plan, other);
    client.setQueryData(integrationsOptions("w").queryKey, []);
  });
  rerender({ companies: 3 });
  expect(result.current).toMatchObject({ choices, cap, integrations });
  fails = true;
  await act(() => client.refetchQueries({ queryKey: plan }));
  expect(client.getQueryState(plan)?.status).toBe("error");
  expect(result.current).toMatchObject({ choices, cap, integrations, known: true });
});

test("the last run that is offered is the one of now, not one that was known before", async () => {
  const client = new QueryClient();
  client.setQueryData(researchPlanOptions("c").queryKey, other);
  const { result, known } = choosing(client);
  expect(result.current.known).toBe(false);
  await known();
  expect(result.current.cap).toBe("50");
});

test("the last run that was known is offered where it cannot be read again, and why it cannot is told", async () => {
  const client = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  client.setQueryData(researchPlanOptions("c").queryKey, other);
  fails = true;
  const { result, known } = choosing(client);
  await known();
  expect(result.current.cap).toBe("7");
  expect(result.current.error).toMatchObject(refused);
});

test("a plan begins anew where the last run cannot be read, and why it cannot is told", async () => {
  fails = true;
  const { result, known } = choosing();
  await known();
  expect(result.current.choices).toEqual(firstChoices(null, [clay], true));
  expect(result.current.error).toMatchObject(refused);
});

test("a campaign that was never researched begins as the newest run of its workspace did, without its source", async () => {
  own = null;
  const source = { url: "https://fair.example/" };
  latest = { ...last, stages: ["discover", "company"], providers: { company: "clay" }, source };
  const { result, known } = choosing();
  await known();
  const { choices, cap, source: draft } = result.current;
  expect(choices.company).toEqual({ on: true, provider: "clay" });
  expect(choices.contacts.on).toBe(false);
  expect(cap).toBe("50");
  expect(draft).toEqual(draftOf(null));
});

test("an integration of the newest run that was deleted is not chosen", async () => {
  own = null;
  latest = { stages: ["company"], providers: { company: "gone" }, spend_cap: null };
  const { result, known } = choosing();
  await known();
  expect(result.current.choices.company).toEqual({ on: true, provider: null });
});

test("a workspace without any run begins with the web researcher", async () => {
  own = null;
  const { result, known } = choosing();
  await known();
  expect(result.current.choices).toEqual(firstChoices(null, [clay], true));
});
