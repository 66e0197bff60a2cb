import { expect, test } from "vitest";
import { fieldEditOf, NOT_ALLOWED, unsavedText } from "./unsaved";

const labels = new Map([
  ["email", "E-mail"],
  ["tags", "Tags"],
  ["owner_id", "Owner"],
]);
const acme = { name: "Acme" };

test("an edit that was not saved names the field, the record, what was entered and why", () => {
  const edit = fieldEditOf(acme, { email: "bo@acme.com" }, labels);
  const { title, description } = unsavedText(new TypeError("Failed to fetch"), edit);
  expect(title).toBe("E-mail of Acme was not saved");
  expect(description).toMatch(/^You entered “bo@acme.com”\. The server cannot be reached\./);
});

test("tags are told as they are typed, an emptied field as emptied, and an owner by nothing but its name", () => {
  expect(fieldEditOf(acme, { tags: ["a", "b"] }, labels).value).toBe("a, b");
  expect(unsavedText(NOT_ALLOWED, fieldEditOf(acme, { email: null }, labels)).description).toMatch(
    /^You emptied it\. You may not do that\./,
  );
  expect(unsavedText(NOT_ALLOWED, fieldEditOf(acme, { owner_id: "u1" }, labels)).description).toMatch(
    /^You may not do that\./,
  );
});
