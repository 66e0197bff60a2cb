import { expect, test } from "vitest";
import { editedFields } from "./edited-fields";

test("of a row just the fields of an edit are taken", () => {
  const row = { name: "Acme", phone: null as string | null, tags: ["hot"] };
  expect(editedFields(row, { phone: "1", tags: [] })).toEqual({ phone: null, tags: ["hot"] });
  expect(editedFields(row, {})).toEqual({});
});
