import { describe, expect, it } from "vitest";
import { parseProxies } from "./proxies.ts";

describe("OUTBOUND_PROXIES", () => {
  it("lists proxies, with what they ask for, and whether requests may leave without one", () => {
    expect(parseProxies("http://proxy.internal:3128, direct ,http://ann:p%40ss@[2001:db8::1]")).toEqual({
      isDirect: true,
      proxies: [
        {
          id: expect.stringMatching(/^[0-9a-f]{64}$/),
          host: "proxy.internal",
          port: 3128,
          authorization: null,
        },
        { id: expect.any(String), host: "2001:db8::1", port: 80, authorization: `Basic ${btoa("ann:p@ss")}` },
      ],
    });
    expect(parseProxies("http://a:1")?.isDirect).toBe(false);
  });

  it("that names no proxy changes nothing", () => {
    for (const text of [undefined, "", " , ", "direct"]) expect(parseProxies(text)).toBeNull();
  });

  it("knows a proxy again by user and address, whatever its password is", () => {
    const idOf = (entry: string) => parseProxies(entry)?.proxies[0]?.id;
    expect(idOf("http://ann:one@proxy:1")).toBe(idOf("http://ann:two@PROXY:1/"));
    expect(idOf("http://bob:one@proxy:1")).not.toBe(idOf("http://ann:one@proxy:1"));
  });

  it.each([
    "https://ann:secret@proxy:1",
    "socks5://secret",
    "secret:1",
    "http://secret@x/path",
    "http://a:%zz@x",
  ])("says which entry cannot be read, and nothing of what is in it: %s", (entry) => {
    const read = () => parseProxies(`http://proxy:1,${entry}`);
    expect(read).toThrow(/^OUTBOUND_PROXIES: cannot read entry 2; /);
    expect(read).not.toThrow(/secret/);
  });
});
