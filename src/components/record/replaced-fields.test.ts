import { expect, test } from "vitest";
import { replacedFields } from "./replaced-fields";

test("just the fields of the edit are put back, with what they were", () => {
  const row = { name: "Acme", phone: null as string | null, tags: ["hot"] };
  expect(replacedFields(row, { phone: "1", tags: [] })).toEqual({ phone: null, tags: ["hot"] });
  expect(replacedFields(row, {})).toEqual({});
});
