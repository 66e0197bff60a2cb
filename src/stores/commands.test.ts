import { expect, test } from "vitest";
import { type Command, registerCommands, useCommandPalette } from "./commands";

const command = (id: string, label: string): Command => ({ id, label, group: "Test", run: () => {} });
const labels = () => [...useCommandPalette.getState().commands.values()].map(({ label }) => label);

test("offers commands until the component that registered them is gone", () => {
  const remove = registerCommands([command("a", "A"), command("b", "B")]);
  expect(labels()).toEqual(["A", "B"]);
  remove();
  expect(labels()).toEqual([]);
});

test("a page that replaces another's command keeps its own when the other goes", () => {
  const removeOld = registerCommands([command("import", "Import into old")]);
  const removeNew = registerCommands([command("import", "Import into new")]);
  removeOld();
  expect(labels()).toEqual(["Import into new"]);
  removeNew();
  expect(labels()).toEqual([]);
});
