import { expect, test } from "vitest";
import { prettyJson } from "./pretty-json";

test("JSON is laid out, and what is not JSON stays as it came", () => {
  expect(prettyJson('{"results":[1]}')).toBe('{\n  "results": [\n    1\n  ]\n}');
  expect(prettyJson('{"results": [ … (cut)')).toBe('{"results": [ … (cut)');
  expect(prettyJson("<h1>502</h1>")).toBe("<h1>502</h1>");
});
