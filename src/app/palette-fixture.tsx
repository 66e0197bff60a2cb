import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { cleanup, render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { lazy, type ReactNode, Suspense } from "react";
import { createMemoryRouter, RouterProvider, useLocation } from "react-router-dom";
import { afterEach, beforeAll, beforeEach } from "vitest";
import { myWorkspacesOptions } from "@/features/workspaces/queries";
import { type Asked, testSupabase } from "@/lib/test-supabase";
import { registerCommands, useCommandPalette } from "@/stores/commands";
import CommandPalette from "./CommandPalette";
import { usePaletteKeys } from "./use-palette-keys";

export const W = "00000000-0000-4000-8000-000000000001";
export const C = "00000000-0000-4000-8000-000000000002";
export const ids = Array.from({ length: 9 }, (_, n) => `00000000-0000-4000-8000-00000000001${n}`);
const at = "2026-01-01T00:00:00Z";
const nowhere = { website: null, description: null, industry: null, address: null, employees: null };
const unknown = {
  email: null,
  phone: null,
  linkedin_url: null,
  country: null,
  owner_id: null,
  import_id: null,
};
const common = {
  workspace_id: W,
  campaign_id: C,
  tags: [],
  custom: {},
  created_at: at,
  updated_at: at,
  ...unknown,
};
export const company = (n: number, name: string) => ({
  ...common,
  ...nowhere,
  id: ids[n],
  name,
  domain: `site-${n}.example`,
  research_status: "new",
  contact_count: 0,
  portfolio_count: 0,
  researched_at: null,
});
export const contact = (n: number, name: string) => ({
  ...common,
  id: ids[n],
  company_id: ids[0],
  name,
  first_name: null,
  last_name: null,
  title: null,
  seniority: null,
  do_not_contact: false,
  source: "import",
  company: { id: ids[0], name: "Acme", domain: null },
});
export const page = (rows: unknown[], next_cursor: string | null = null) =>
  Response.json({ rows, next_cursor });

/** By path; others are answered with nothing. */
export let answers: Record<string, (asked: Asked) => Response | Promise<Response>> = {};
const server = testSupabase((asked) => answers[asked.path]?.(asked) ?? Response.json([]));
export const searches = () =>
  server.asked.filter(({ path }) => path.includes("/rpc/list_")).map(({ body }) => JSON.parse(body));

class NeverResized {
  observe() {}
  unobserve() {}
  disconnect() {}
}
beforeAll(() => {
  Element.prototype.scrollIntoView = () => {};
  globalThis.ResizeObserver = NeverResized;
});
let unregister = () => {};
beforeEach(() => {
  answers = {
    "/rest/v1/rpc/list_companies": () => page([company(0, "Acme"), company(1, "Acme Labs")]),
    "/rest/v1/rpc/list_contacts": () => page([contact(2, "Ann Acme")]),
    "/rest/v1/campaigns": ({ query }) =>
      Response.json(query.has("id") ? [{ id: C, name: "Spring", state: "active" }] : []),
  };
  const command = { group: "Go to", run: () => {} };
  unregister = registerCommands([
    { ...command, id: "a", label: "Account" },
    { ...command, id: "b", label: "Activity" },
  ]);
});
afterEach(() => {
  cleanup();
  unregister();
  useCommandPalette.getState().setOpen(false);
});

function Address() {
  const { pathname, search } = useLocation();
  return <output>{pathname + search}</output>;
}

/** A page of a viewer of the workspace with a field of its own, and the palette as it is given. */
function show(palette: ReactNode) {
  const client = new QueryClient({ defaultOptions: { queries: { retry: false, staleTime: 60_000 } } });
  client.setQueryData(myWorkspacesOptions(undefined).queryKey, [
    { id: W, name: "Ours", role: "viewer", channel_key: "k" },
  ]);
  const element = (
    <>
      <input aria-label="Behind" />
      <Suspense>{palette}</Suspense>
      <Address />
    </>
  );
  render(
    <QueryClientProvider client={client}>
      <RouterProvider router={createMemoryRouter([{ path: "*", element: <Keys>{element}</Keys> }])} />
    </QueryClientProvider>,
  );
  return { client, user: userEvent.setup() };
}

function Keys({ children }: { children: ReactNode }) {
  usePaletteKeys();
  return children;
}

/** Opens the palette. */
export async function palette() {
  const shown = show(<CommandPalette />);
  useCommandPalette.getState().setOpen(true);
  return { ...shown, input: await screen.findByRole("combobox") };
}

/** Opens the palette from a field of the page while its code is on the way, until `arrive` is called. */
export function comingPalette() {
  let arrive = () => {};
  const code = new Promise<{ default: typeof CommandPalette }>((resolve) => {
    arrive = () => resolve({ default: CommandPalette });
  });
  const Coming = lazy(() => code);
  const shown = show(<Coming />);
  const behind = screen.getByLabelText<HTMLInputElement>("Behind");
  behind.focus();
  useCommandPalette.getState().setOpen(true);
  return { ...shown, behind, arrive: () => arrive() };
}

export const options = () => screen.getAllByRole("option").map((option) => option.textContent);
export const chosen = () => document.querySelector("[role=option][data-highlighted]")?.textContent;
export const said = (text: string) =>
  screen.findByText((_, element) => element?.role === "status" && element.textContent === text);
export const address = () => document.querySelector("output")?.textContent;

/** Makes an answer wait until what this gives is called. */
export function hold(path: string, response: () => Response) {
  let answer = () => {};
  const wait = new Promise<void>((resolve) => {
    answer = resolve;
  });
  answers[path] = async () => {
    await wait;
    return response();
  };
  return () => answer();
}
