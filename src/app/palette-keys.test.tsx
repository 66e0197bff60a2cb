// @vitest-environment jsdom
import { screen, waitFor } from "@testing-library/react";
import { expect, test, vi } from "vitest";
import { registerCommands, useCommandPalette } from "@/stores/commands";
import {
  address,
  answers,
  C,
  chosen,
  comingPalette,
  company,
  hold,
  ids,
  options,
  page,
  palette,
  said,
  searches,
} from "./palette-fixture";

const isOpen = () => useCommandPalette.getState().open;
const field = () => screen.findByRole<HTMLInputElement>("combobox");
const hasFocus = (element: HTMLElement) => waitFor(() => expect(document.activeElement).toBe(element));

test("what is typed while the palette is on its way stands in its field, and the page behind gets none of it", async () => {
  const { user, behind, arrive } = comingPalette();
  const heard = vi.fn();
  document.addEventListener("keydown", heard);
  await user.keyboard("acmx{Backspace}e");
  document.removeEventListener("keydown", heard);
  expect(heard).not.toHaveBeenCalled();
  arrive();
  const input = await field();
  await user.keyboard(" ");
  await hasFocus(input);
  await user.keyboard("l");
  expect(input.value).toBe("acme l");
  expect(behind.value).toBe("");
  await user.keyboard("{Escape}");
  await hasFocus(behind);
  await user.keyboard("x");
  expect(behind.value).toBe("x");
});

test("Escape while the palette is on its way closes it, and the next one begins empty", async () => {
  const { user, behind, arrive } = comingPalette();
  await user.keyboard("acme{Escape}x");
  expect(isOpen()).toBe(false);
  expect(behind.value).toBe("x");
  useCommandPalette.getState().setOpen(true);
  arrive();
  expect((await field()).value).toBe("");
});

test("Enter while the palette is on its way does the first command that fits", async () => {
  const { user, arrive } = comingPalette();
  const run = vi.fn();
  const unregister = registerCommands([{ id: "dark", label: "Dark theme", group: "Appearance", run }]);
  await user.keyboard("dark{Enter}");
  arrive();
  await waitFor(() => expect(run).toHaveBeenCalledOnce());
  expect(isOpen()).toBe(false);
  unregister();
});

test("Enter before anything was found opens the first that is", async () => {
  const answer = hold("/rest/v1/rpc/list_companies", () =>
    page([company(1, "Acme"), company(2, "Acme Labs")]),
  );
  const { user } = await palette();
  await user.keyboard("acme{Enter}");
  await waitFor(() => expect(searches()).toHaveLength(2));
  expect(address()).toBe("/");
  answer();
  await waitFor(() => expect(address()).toBe(`/c/${C}/companies?company=${ids[1]}`));
  expect(isOpen()).toBe(false);
});

test("Enter does not count for a text that was changed after it", async () => {
  const { user } = await palette();
  await user.keyboard("acme{Enter}x{Backspace}");
  await said("2 companies and 1 contact found.");
  expect(address()).toBe("/");
  expect(chosen()).toContain("Acme");
});

test("Enter opens nothing where not everything could be searched, nor when that is made up for", async () => {
  answers["/rest/v1/rpc/list_companies"] = () =>
    Response.json({ code: "bad", message: "No." }, { status: 400 });
  const { user } = await palette();
  await user.keyboard("acme{Enter}");
  await said("Companies could not be searched.");
  answers["/rest/v1/rpc/list_companies"] = () => page([company(1, "Acme")]);
  await user.click(screen.getByRole("button", { name: "Try again" }));
  await said("1 company and 1 contact found.");
  expect(address()).toBe("/");
});

test("campaigns found for an earlier text are not offered for one that they do not fit", async () => {
  answers["/rest/v1/campaigns"] = () => Response.json([{ id: C, name: "Spring", state: "active" }]);
  const { user } = await palette();
  await user.keyboard("spr");
  await waitFor(() => expect(options()[0]).toBe("Spring"));
  const answer = hold("/rest/v1/campaigns", () => Response.json([]));
  await user.keyboard("i");
  expect(options()[0]).toBe("Spring");
  await user.keyboard("t");
  expect(screen.queryByRole("option", { name: "Spring" })).toBeNull();
  answer();
});
