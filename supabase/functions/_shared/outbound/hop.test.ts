import { describe, expect, it } from "vitest";
import { isCheckedPeer, pinnedLookup } from "./hop.ts";

describe("pinnedLookup", () => {
  it("answers with the checked addresses whatever name is asked for", () => {
    const answered: unknown[] = [];
    pinnedLookup(["8.8.8.8", "2606:4700::1"])("evil.test", { all: true }, (error, addresses) =>
      answered.push(error, addresses),
    );
    expect(answered).toEqual([
      null,
      [
        { address: "8.8.8.8", family: 4 },
        { address: "2606:4700::1", family: 6 },
      ],
    ]);
  });

  it("answers with the first one when one is asked for", () => {
    const answered: unknown[] = [];
    pinnedLookup(["8.8.8.8", "1.1.1.1"])("evil.test", {}, (_error, address, family) =>
      answered.push(address, family),
    );
    expect(answered).toEqual(["8.8.8.8", 4]);
  });
});

describe("isCheckedPeer", () => {
  it("knows a checked address in another spelling, and no other address", () => {
    expect(isCheckedPeer("::ffff:8.8.8.8", ["8.8.8.8"])).toBe(true);
    expect(isCheckedPeer("2606:4700:0:0::1", ["2606:4700::1"])).toBe(true);
    expect(isCheckedPeer("127.0.0.1", ["8.8.8.8"])).toBe(false);
  });
});
