// @vitest-environment jsdom
import { fireEvent, screen, waitFor } from "@testing-library/react";
import { expect, test } from "vitest";
import { foundCompaniesOptions } from "@/features/companies/found";
import { foundContactsOptions } from "@/features/contacts/found";
import { useCommandPalette } from "@/stores/commands";
import {
  address,
  answers,
  C,
  chosen,
  company,
  contact,
  hold,
  ids,
  options,
  page,
  palette,
  said,
  searches,
  W,
} from "./palette-fixture";

test("two characters find companies and contacts of the workspace after what is there at once, and say how many", async () => {
  const { user } = await palette();
  await user.keyboard("a");
  await waitFor(() => expect(options()).toEqual(["Account", "Activity"]));
  expect(searches()).toEqual([]);
  await user.keyboard("c");
  expect(await said("2 companies and 1 contact found.")).toBeDefined();
  await waitFor(() =>
    expect(options()).toEqual([
      "Account",
      "Activity",
      "Acmesite-0.example · Spring",
      "Acme Labssite-1.example · Spring",
      "Ann AcmeAcme · Spring",
    ]),
  );
  const request = { workspace_id: W, filter: { q: "ac" }, page_size: 5, with_total: false };
  expect(searches()).toEqual([request, request]);
});

test("what is typed on the way to a word is not searched", async () => {
  const { input } = await palette();
  for (const value of ["ac", "acm", "acme"]) fireEvent.change(input, { target: { value } });
  await said("2 companies and 1 contact found.");
  expect(new Set(searches().map(({ filter }) => filter.q))).toEqual(new Set(["acme"]));
});

test("Enter opens the chosen record in its campaign", async () => {
  const { user } = await palette();
  await user.keyboard("acme");
  await said("2 companies and 1 contact found.");
  await user.keyboard("{ArrowDown}{Enter}");
  expect(address()).toBe(`/c/${C}/companies?company=${ids[1]}`);
  expect(useCommandPalette.getState().open).toBe(false);
});

test("a contact opens too, and all that match when there are more than are offered", async () => {
  answers["/rest/v1/rpc/list_contacts"] = () => page([contact(2, "Ann Acme")], "cursor");
  const { user } = await palette();
  await user.keyboard("acme & co");
  await user.click(await screen.findByText("All contacts that match “acme & co”"));
  expect(address()).toBe("/contacts?q=acme%20%26%20co");
  useCommandPalette.getState().setOpen(true);
  await user.type(await screen.findByRole("combobox"), "acme");
  await user.click(await screen.findByText("Ann Acme"));
  expect(address()).toBe(`/c/${C}/contacts?contact=${ids[2]}`);
});

test("what is found leaves the choice where it is", async () => {
  const answer = hold("/rest/v1/rpc/list_companies", () => page([company(0, "Acme")]));
  const { user } = await palette();
  await user.keyboard("ac");
  expect(await said("Searching companies and contacts…")).toBeDefined();
  await user.keyboard("{ArrowDown}");
  expect(chosen()).toBe("Activity");
  await waitFor(() => expect(searches()).toHaveLength(2));
  expect(options()).toEqual(["Account", "Activity"]);
  answer();
  await said("1 company and 1 contact found.");
  expect(chosen()).toBe("Activity");
});

test("what is found comes after the campaigns above it, however late they are", async () => {
  const answer = hold("/rest/v1/campaigns", () =>
    Response.json([{ id: C, name: "Acme hunt", state: "active" }]),
  );
  const { client, user } = await palette();
  await user.keyboard("ac");
  const answered = [foundCompaniesOptions(W, "ac", 5), foundContactsOptions(W, "ac", 5)];
  await waitFor(() =>
    expect(answered.every(({ queryKey }) => client.getQueryState(queryKey)?.data !== undefined)).toBe(true),
  );
  await said("Searching companies and contacts…");
  expect(options()).toEqual(["Account", "Activity"]);
  answer();
  await said("2 companies and 1 contact found.");
  expect(options().slice(0, 4)).toEqual([
    "Acme hunt",
    "Account",
    "Activity",
    expect.stringContaining("Acme"),
  ]);
});

test("a search that fails says what could not be searched, shows the rest, and is made again on demand", async () => {
  const refusal = { code: "bad", message: "Not now." };
  answers["/rest/v1/rpc/list_companies"] = () => Response.json(refusal, { status: 400 });
  const { user, input } = await palette();
  await user.keyboard("ann");
  expect(await said("Companies could not be searched.")).toBeDefined();
  expect(options()).toEqual([expect.stringContaining("Ann Acme")]);
  answers["/rest/v1/rpc/list_companies"] = () => page([company(0, "Annex")]);
  await user.click(screen.getByRole("button", { name: "Try again" }));
  expect(document.activeElement).toBe(input);
  expect(await said("1 company and 1 contact found.")).toBeDefined();
  expect(options()).toHaveLength(2);
});

test("that nothing is found is said once everything has been searched", async () => {
  const answer = hold("/rest/v1/rpc/list_companies", () => page([]));
  answers["/rest/v1/rpc/list_contacts"] = () => page([]);
  const { user } = await palette();
  await user.keyboard("zzz");
  await said("Searching companies and contacts…");
  await waitFor(() => expect(searches()).toHaveLength(2));
  expect(screen.queryByText("Nothing found for “zzz”.")).toBeNull();
  answer();
  expect(await screen.findByText("Nothing found for “zzz”.")).toBeDefined();
});
