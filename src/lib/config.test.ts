import { describe, expect, test } from "vitest";
import { parseConfig } from "./config";

describe("parseConfig", () => {
  test("takes the URL and key, with no mailbox unless it is said", () => {
    const config = { url: "http://127.0.0.1:54321", publishableKey: "sb_publishable_x" };
    expect(parseConfig(config)).toEqual({ ...config, mailbox: false });
    expect(parseConfig({ ...config, mailbox: true }).mailbox).toBe(true);
  });

  test.each([
    [null, "not a JSON object"],
    [{ publishableKey: "k" }, '"url"'],
    [{ url: "nowhere", publishableKey: "k" }, '"url"'],
    [{ url: "https://x.example", publishableKey: "" }, '"publishableKey"'],
  ])("says what is wrong with %j", (value, words) => {
    expect(() => parseConfig(value)).toThrow(words);
  });
});
