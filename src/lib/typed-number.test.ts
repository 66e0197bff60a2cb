import { expect, test } from "vitest";
import { checkNumber, readNumber } from "./typed-number";

const size = { min: 1, max: 100, whole: true };

test.each([
  ["", "Enter a number."],
  ["ten", "such as 10"],
  ["-1", "such as 10"],
  ["1e3", "such as 10"],
  ["1,000", "without separators"],
  ["2.5", "whole number"],
  ["0", "from 1 to 100"],
  ["101", "from 1 to 100"],
])("%j is refused with a reason", (text, reason) => {
  expect(checkNumber(size, text)).toContain(reason);
});

test("a number may be left out where there is no cap, and may have a comma", () => {
  expect(checkNumber({ ...size, optional: true }, " ")).toBeNull();
  expect(checkNumber({ min: 0, max: 1, whole: false }, "0,05")).toBeNull();
  expect(readNumber("0,05")).toBe(0.05);
});
