// @vitest-environment jsdom
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { cleanup, render, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { type ReactNode, useState } from "react";
import { MemoryRouter } from "react-router-dom";
import { afterAll, afterEach, beforeAll, expect, test, vi } from "vitest";
import { startSupabase } from "@/lib/supabase";
import { DeleteCard } from "./DeleteCard";
import { IntegrationList } from "./IntegrationList";
import { type Integration, integrationsOptions, inUse } from "./queries";
import { SecretsCard } from "./SecretsCard";
import { SettingsCard } from "./SettingsCard";
import { TestCard } from "./TestCard";

// Typing key by key is slow on a busy machine.
vi.setConfig({ testTimeout: 30_000 });

const hook: Integration = {
  id: "1b0f3a52-6f0e-4a7b-8a54-1f6f0e2f7c31",
  workspace_id: "w",
  kind: "webhook",
  name: "Anvil desk",
  url: "https://hooks.example/research?key=hidden",
  auth_header: null,
  batch_size: 10,
  max_in_flight: 20,
  requests_per_second: null,
  burst: 1,
  timeout_seconds: 60,
  deadline_seconds: 1_200,
  cost_per_job: 0,
  cache_days: 30,
  signing_secret_at: null,
  header_secret_at: null,
  created_at: "2026-01-01T00:00:00Z",
  deleted_at: null,
};
const other: Integration = { ...hook, id: "other", name: "Other" };

const requests: { method: string; path: string; body: string }[] = [];
/** A database that saves everything it is sent. */
const server = createServer(async (request, response) => {
  let body = "";
  for await (const chunk of request) body += String(chunk);
  const { method = "", url: path = "" } = request;
  if (method !== "OPTIONS") requests.push({ method, path, body });
  const headers = {
    "content-type": "application/json",
    "access-control-allow-origin": "*",
    "access-control-allow-headers": "*",
    "access-control-allow-methods": "*",
  };
  const saved = method === "PATCH" ? { ...hook, ...JSON.parse(body) } : null;
  response.writeHead(200, headers).end(JSON.stringify(saved));
});

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo; // it listens on TCP
  startSupabase({ url: `http://127.0.0.1:${port}`, publishableKey: "key", mailbox: false });
});
afterEach(() => {
  cleanup();
  requests.length = 0;
});
afterAll(() => {
  server.close();
  server.closeAllConnections();
});

function show(page: ReactNode) {
  const client = new QueryClient();
  const { queryKey } = integrationsOptions("w");
  client.setQueryData(queryKey, [hook, other]);
  const around = (shown: ReactNode) => (
    <QueryClientProvider client={client}>
      <MemoryRouter>{shown}</MemoryRouter>
    </QueryClientProvider>
  );
  const { rerender } = render(around(page));
  return {
    user: userEvent.setup(),
    cached: () => client.getQueryData(queryKey) ?? [],
    showNow: (next: ReactNode) => rerender(around(next)),
  };
}

test("who may not manage integrations sees the settings and can change none", () => {
  show(
    <>
      <SettingsCard integration={hook} mayManage={false} />
      <SecretsCard integration={{ ...hook, signing_secret_at: hook.created_at }} mayManage={false} />
    </>,
  );
  const fields = screen.getAllByRole("textbox");
  expect(fields).toHaveLength(11);
  for (const field of fields) expect(field).toHaveProperty("disabled", true);
  expect(screen.queryAllByRole("button")).toEqual([]);
});

test("a wrong number is named, and nothing is sent until it is right", async () => {
  const { user, cached } = show(<SettingsCard integration={hook} mayManage />);
  const size = screen.getByRole("textbox", { name: "Companies in one request" });
  await user.clear(size);
  await user.type(size, "500");
  await user.click(screen.getByRole("button", { name: "Save settings" }));
  await screen.findByText("Enter a number from 1 to 100.");
  expect(requests).toEqual([]);
  await user.clear(size);
  await user.type(size, "25");
  await user.click(screen.getByRole("button", { name: "Save settings" }));
  await waitFor(() => expect(cached().map(({ batch_size }) => batch_size)).toEqual([25, 10]));
  expect(requests.map(({ method }) => method)).toEqual(["PATCH"]);
});

test("settings that somebody else saves are shown; while something is typed that is kept, and it is said", async () => {
  const settings = (name: string) => <SettingsCard integration={{ ...hook, name }} mayManage />;
  const { user, showNow } = show(settings("Anvil desk"));
  const name = () => screen.getByRole<HTMLInputElement>("textbox", { name: "Name" });
  showNow(settings("Theirs"));
  expect(name().value).toBe("Theirs");
  await user.type(name(), " and mine");
  showNow(settings("Theirs, again"));
  expect(name().value).toBe("Theirs and mine");
  await user.click(screen.getByRole("button", { name: "Show theirs" }));
  expect(name().value).toBe("Theirs, again");
  expect(screen.queryByText("Somebody has changed these settings meanwhile")).toBeNull();
});

test("of a private address it is said who has to allow it, and it is saved", async () => {
  const { user } = show(<SettingsCard integration={hook} mayManage />);
  const address = screen.getByRole("textbox", { name: "Address" });
  expect(screen.queryByText(/^This address is private/)).toBeNull();
  await user.clear(address);
  await user.type(address, "http://localhost:5678/webhook");
  expect(screen.getByText(/^This address is private/).getAttribute("role")).toBe("status");
  await user.click(screen.getByRole("button", { name: "Save settings" }));
  await waitFor(() => expect(requests[0]?.body).toContain("http://localhost:5678/webhook"));
});

test("the test URL of an n8n workflow is replaced by its production URL by one button", async () => {
  const onUnsaved = vi.fn();
  const tried: Integration = { ...hook, kind: "n8n", url: "https://n8n.example/webhook-test/a" };
  const { user } = show(<SettingsCard integration={tried} mayManage onUnsaved={onUnsaved} />);
  const address = screen.getByRole("textbox", { name: "Address" });
  screen.getByText(/Use the production URL: https:\/\/n8n.example\/webhook\/a$/);
  await user.click(screen.getByRole("button", { name: "Use the production URL" }));
  expect(address).toHaveProperty("value", "https://n8n.example/webhook/a");
  expect(document.activeElement).toBe(address);
  expect(screen.queryByText(/test URL/)).toBeNull();
  expect(onUnsaved).toHaveBeenLastCalledWith(true);
  await user.click(screen.getByRole("button", { name: "Save settings" }));
  await waitFor(() => expect(requests[0]?.body).toContain("https://n8n.example/webhook/a"));
});

test("an address that looks like it is left alone where the service is not n8n", () => {
  show(<SettingsCard integration={{ ...hook, url: "https://a.example/webhook-test/a" }} mayManage />);
  expect(screen.queryByText(/test URL/)).toBeNull();
});

/** The settings with the test below them. */
function SettingsAndTest() {
  const [unsaved, setUnsaved] = useState(false);
  return (
    <>
      <SettingsCard integration={hook} mayManage onUnsaved={setUnsaved} />
      <TestCard integration={hook} unsaved={unsaved} />
    </>
  );
}

test("a test waits for what is typed to be saved: it is sent with the saved settings", async () => {
  const { user } = show(<SettingsAndTest />);
  const send = () => screen.getByRole<HTMLButtonElement>("button", { name: "Send a test" });
  expect(send().disabled).toBe(false);
  await user.type(screen.getByRole("textbox", { name: "Address" }), "2");
  expect(send().disabled).toBe(true);
  screen.getByText("Save the changes first");
  await user.click(screen.getByRole("button", { name: "Save settings" }));
  await waitFor(() => expect(send().disabled).toBe(false));
  expect(screen.queryByText("Save the changes first")).toBeNull();
});

test("deleting says what becomes of running research, and takes just that one from the list", async () => {
  const { user, cached } = show(<DeleteCard integration={hook} />);
  await user.click(screen.getByRole("button", { name: "Delete integration…" }));
  const question = screen.getByRole("alertdialog", { name: "Delete Anvil desk?" });
  expect(question.textContent).toContain("jobs that still wait for this integration fail");
  await user.click(within(question).getByRole("button", { name: "Delete integration" }));
  await waitFor(() => expect(inUse(cached()).map(({ name }) => name)).toEqual(["Other"]));
  expect(requests.map(({ path }) => path)).toEqual(["/rest/v1/rpc/delete_integration"]);
});

test("the list names the host, not what may be a secret in the address, and says what is missing", () => {
  show(<IntegrationList integrations={[hook, { ...other, auth_header: "X-Api-Key" }]} />);
  const [first, second] = screen.getAllByRole("listitem");
  expect(first?.textContent).toContain("hooks.example");
  expect(first?.textContent).not.toContain("hidden");
  expect(first?.textContent).toContain("not signed yet");
  expect(second?.textContent).toContain("The value of the header X-Api-Key is not saved yet.");
});
