// @vitest-environment jsdom
import { expect, test } from "vitest";
import { isTyping } from "./typing";

test.each([
  ["<input data-target>", true],
  ['<input type="date" data-target>', true],
  ["<textarea data-target></textarea>", true],
  ['<div role="dialog"><button data-target></button></div>', true],
  ['<input type="checkbox" data-target>', false],
  ['<input type="radio" data-target>', false],
  ["<button data-target></button>", false],
])("in %s a key is a character: %s", (html, typing) => {
  document.body.innerHTML = html;
  expect(isTyping(document.querySelector("[data-target]"))).toBe(typing);
});
