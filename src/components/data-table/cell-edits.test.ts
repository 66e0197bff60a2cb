import { expect, test } from "vitest";
import { emailProblem } from "@/lib/value-rules";
import { ownerEdit, tagsEdit, textEdit } from "./cell-edits";

interface Row {
  name: string;
  title: string | null;
  tags: string[];
  owner_id: string | null;
}
const row: Row = { name: "Ada", title: null, tags: ["a", "b c"], owner_id: null };

test("a text that is emptied holds nothing", () => {
  const edit = textEdit<Row, "title">("title", { maxLength: 10 });
  expect(edit.text(row)).toBe("");
  expect(edit.change("Head")).toEqual({ title: "Head" });
  expect(edit.change("")).toEqual({ title: null });
});

test("a text keeps to the rule of its column", () => {
  const { problem } = textEdit<Row, "title">("title", { maxLength: 100, rule: emailProblem });
  expect(problem?.("bo@acme.com", row)).toBeNull();
  expect(problem?.("bo", row)).toBe("“bo” is not an e-mail address.");
});

test("tags are words with commas between them, each once and none empty", () => {
  const edit = tagsEdit<Row>();
  expect(edit.text(row)).toBe("a, b c");
  expect(edit.change(edit.text(row))).toEqual({ tags: row.tags });
  expect(edit.change(" a ,, b,a")).toEqual({ tags: ["a", "b"] });
  expect(edit.change("")).toEqual({ tags: [] });
});

test("adding a tag leaves the others as they are, with their commas and their length; a new one that is too long is refused", () => {
  const edit = tagsEdit<Row>();
  const imported = { ...row, tags: ["Berlin, Mitte", "x".repeat(300)] };
  const longer = `${edit.text(imported)}, hot`;
  expect(edit.change(longer)).toEqual({ tags: [...imported.tags, "hot"] });
  expect(edit.problem?.(longer, imported)).toBeNull();
  expect(edit.problem?.(`${longer}${"x".repeat(100)}`, imported)).toBe("A tag has at most 100 characters.");
});

test("an owner is one of the members or nobody", () => {
  const edit = ownerEdit<Row>([{ value: "u1", label: "Bo" }]);
  expect(edit.text(row)).toBe("");
  expect(edit.options?.map(({ label }) => label)).toEqual(["Nobody", "Bo"]);
  expect(edit.change("u1")).toEqual({ owner_id: "u1" });
  expect(edit.change("")).toEqual({ owner_id: null });
});
