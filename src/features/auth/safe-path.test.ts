import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { safePath } from "./safe-path";

describe("safePath", () => {
  test("keeps a path of the app with its search and hash", () => {
    expect(safePath("/c/1/companies?q=a#top")).toBe("/c/1/companies?q=a#top");
  });

  test.each([
    null,
    "",
    "campaigns",
    "https://evil.example",
    "//evil.example",
    "/\\evil.example",
    "/\t/evil.example",
    "javascript:alert(1)",
  ])("sends %j to the start page", (next) => {
    expect(safePath(next)).toBe("/");
  });

  test("never leaves the app, whatever is in the link", () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.string().map((text) => `/${text}`),
        ),
        (next) => {
          expect(new URL(safePath(next), "https://app.example").origin).toBe("https://app.example");
        },
      ),
    );
  });
});
