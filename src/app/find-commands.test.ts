import { describe, expect, test } from "vitest";
import type { Command } from "@/stores/commands";
import { findCommands } from "./find-commands";

const command = (id: string, label: string, group: string, keywords = ""): Command => ({
  id,
  label,
  group,
  keywords,
  run: () => {},
});

const commands = [
  command("new", "New campaign", "Create", "add list"),
  command("campaigns", "Campaigns", "Go to"),
  command("dark", "Dark theme", "Appearance", "mode"),
];

const found = (query: string) =>
  findCommands(commands, query).flatMap((group) => group.items.map(({ id }) => id));

describe("findCommands", () => {
  test("offers everything, grouped in order, while nothing is typed", () => {
    expect(findCommands(commands, " ").map((group) => group.value)).toEqual([
      "Create",
      "Go to",
      "Appearance",
    ]);
  });

  test("finds by the beginnings of words, in any order and case", () => {
    expect(found("CAMP")).toEqual(["new", "campaigns"]);
    expect(found("camp new")).toEqual(["new"]);
  });

  test("finds by keyword and by heading", () => {
    expect(found("list")).toEqual(["new"]);
    expect(found("appearance dark")).toEqual(["dark"]);
  });

  test("finds nothing when one word matches nowhere", () => {
    expect(found("new zebra")).toEqual([]);
  });
});
