// @vitest-environment jsdom
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { cleanup, fireEvent, render, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { MemoryRouter } from "react-router-dom";
import { afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { myWorkspacesOptions } from "@/features/workspaces/queries";
import { ChannelKey } from "@/lib/realtime";
import { type Asked, testSupabase } from "@/lib/test-supabase";
import DeliveriesPage from "./DeliveriesPage";
import type { DeliveryEntry } from "./log-sources";

/** Newest first. */
let deliveries: DeliveryEntry[] = [];

function send(count: number): void {
  const newest = deliveries[0]?.id ?? 0;
  const sent = Array.from({ length: count }, (_, n) => delivery(newest + n + 1));
  deliveries = [...sent.reverse(), ...deliveries];
}

const delivery = (id: number): DeliveryEntry => ({
  id,
  integration_id: "i",
  batch_id: "b",
  jobs: 10,
  stages: ["company"],
  address: `https://hooks.example/${id}`,
  sent_at: "2026-11-22T10:00:00Z",
  duration_ms: 5,
  status: 200,
  error_reason: null,
  notes: [],
  resent_by: null,
});

function answer({ path, query }: Asked): Response {
  if (path === "/rest/v1/integrations") return Response.json([]);
  const [operator, bound] = (query.get("id") ?? "gt.0").split(".");
  const found = deliveries.filter(({ id }) => (operator === "lt" ? id < Number(bound) : id > Number(bound)));
  return Response.json(found.slice(0, Number(query.get("limit"))));
}
const server = testSupabase(answer);

// jsdom lays nothing out: ten entries are in sight.
beforeAll(() => {
  const px = (value: number) => ({ configurable: true, value });
  Object.defineProperties(HTMLElement.prototype, {
    clientHeight: px(570),
    offsetHeight: px(57),
    scrollHeight: px(103 * 57),
  });
});
beforeEach(() => {
  deliveries = [];
});
afterEach(cleanup);

function openPage(address = "/") {
  const client = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  client.setQueryData(myWorkspacesOptions(undefined).queryKey, [
    { id: "w", name: "Ours", role: "viewer", channel_key: "key" },
  ]);
  render(
    <QueryClientProvider client={client}>
      <ChannelKey value="key">
        <MemoryRouter initialEntries={[address]}>
          <DeliveriesPage />
        </MemoryRouter>
      </ChannelKey>
    </QueryClientProvider>,
  );
  return userEvent.setup();
}

const isShown = async (id: number) => void (await screen.findByText(`https://hooks.example/${id}`));
/** The ids below or above which pages were read, and "" for first ones. */
const pagesRead = () =>
  server.asked.flatMap(({ path, query }) =>
    path === "/rest/v1/deliveries" && query.get("limit") === "51" ? [query.get("id") ?? ""] : [],
  );

/** The page with two pages of deliveries, scrolled to the end; then three more are sent. */
async function openScrolled() {
  send(100);
  const user = openPage();
  await isShown(100);
  const box = screen.getByRole("list", { name: "Deliveries" }).parentElement ?? document.body;
  fireEvent.scroll(box, { target: { scrollTop: 50 * 57 - 570 } });
  await waitFor(() => expect(pagesRead()).toContain("lt.51"));
  fireEvent.scroll(box, { target: { scrollTop: 100 * 57 - 570 } });
  await isShown(1);
  await waitFor(() => expect(server.isHeard("workspace:w")).toBe(true));
  send(3);
  return { user, box };
}

test("new deliveries are shown at the top, also from the end of what was scrolled through, and the keyboard goes on there", async () => {
  const { user, box } = await openScrolled();
  server.tell("workspace:w", { table: "deliveries", operation: "insert", ids: null });
  const banner = await screen.findByRole("button", { name: "3 new deliveries" }, { timeout: 10_000 });
  server.asked.length = 0;
  await user.click(banner);
  expect(box.scrollTop).toBe(0);
  fireEvent.scroll(box);
  await isShown(103);
  expect(screen.queryByRole("button", { name: "3 new deliveries" })).toBeNull();
  expect(document.activeElement).toBe(box);
  expect(pagesRead().filter((page) => page.startsWith("lt"))).toEqual([]);
});

test("a refresh shows them too", async () => {
  const { user, box } = await openScrolled();
  await user.click(screen.getByRole("button", { name: "Refresh" }));
  expect(box.scrollTop).toBe(0);
  fireEvent.scroll(box);
  await isShown(103);
});

test("the first delivery of a log is shown when it is asked for", async () => {
  const user = openPage();
  await screen.findByText(/^Nothing was sent yet/);
  await waitFor(() => expect(server.isHeard("workspace:w")).toBe(true));
  send(1);
  server.tell("workspace:w", { table: "deliveries", operation: "insert", ids: null });
  await user.click(await screen.findByRole("button", { name: "1 new delivery" }, { timeout: 10_000 }));
  await isShown(1);
  expect(document.activeElement?.textContent).toContain("https://hooks.example/1");
  expect(document.activeElement?.textContent).toContain("Company · 10 jobs · 5 ms");
});

test("an integration that is not known has words for its name, never its id", async () => {
  openPage("/?integration=1b0f3a52-6f0e-4a7b-8a54-1f6f0e2f7c31");
  await screen.findByText("None of the last 30 days fits.");
  expect(screen.getByRole("combobox", { name: "Integration" }).textContent).toBe("An integration");
});
