import { describe, expect, it } from "vitest";
import { PUBLIC_ONLY, parseAllowHosts } from "./policy.ts";
import { parseUrl, resolveTarget } from "./target.ts";

const answers =
  (...addresses: string[]) =>
  () =>
    Promise.resolve(addresses);
const nobody = () => Promise.reject(new Error("the resolver must not be asked"));

describe("parseUrl", () => {
  it.each([
    "ftp://a.example",
    "file:///etc/passwd",
    "javascript:1",
    "http://",
    "//a.example",
    "http://u:p@a.example",
    "http://u@a.example",
    "http://.",
  ])("refuses %s", (url) =>
    expect(() => parseUrl(url)).toThrow(expect.objectContaining({ code: "bad_url" })),
  );

  it("drops the fragment, which is never sent", () => {
    expect(parseUrl("https://a.example/x?y#z").href).toBe("https://a.example/x?y");
  });
});

describe("resolveTarget", () => {
  it("keeps public addresses, IPv4 first", async () => {
    const target = await resolveTarget(
      parseUrl("https://a.example/"),
      PUBLIC_ONLY,
      answers("2606:4700::1", "8.8.8.8"),
    );
    expect(target.addresses).toEqual(["8.8.8.8", "2606:4700::1"]);
    expect(target.port).toBe(443);
  });

  it("refuses a name that answers both a public and a private address", async () => {
    const target = resolveTarget(parseUrl("http://a.example"), PUBLIC_ONLY, answers("8.8.8.8", "10.0.0.1"));
    await expect(target).rejects.toMatchObject({ code: "blocked_address" });
  });

  it.each([
    "http://127.0.0.1",
    "http://127.1",
    "http://2130706433",
    "http://0x7f.0.0.1",
    "http://0177.0.0.1",
    "http://127.0.0.1.",
    "http://[::1]",
    "http://[::ffff:10.0.0.1]",
    "http://[64:ff9b::10.0.0.1]",
    "http://１２７.0.0.1",
    "http://169.254.169.254/latest/meta-data",
  ])("refuses the literal %s without asking DNS", async (url) => {
    await expect(resolveTarget(parseUrl(url), PUBLIC_ONLY, nobody)).rejects.toMatchObject({
      code: "blocked_address",
    });
  });

  it("asks for a name without its trailing dot, in ASCII", async () => {
    const asked: string[] = [];
    const resolver = (host: string) => {
      asked.push(host);
      return Promise.resolve(["8.8.8.8"]);
    };
    await resolveTarget(parseUrl("http://Bücher.Example./"), PUBLIC_ONLY, resolver);
    expect(asked).toEqual(["xn--bcher-kva.example"]);
  });

  it("says that a name does not exist, or has no address", async () => {
    const url = parseUrl("http://gone.example");
    await expect(resolveTarget(url, PUBLIC_ONLY, nobody)).rejects.toMatchObject({ code: "dns_failed" });
    await expect(resolveTarget(url, PUBLIC_ONLY, answers())).rejects.toMatchObject({ code: "dns_failed" });
  });

  it("lets an exception have a private address, and leads where it says", async () => {
    const policy = parseAllowHosts("n8n.internal,*.example=127.0.0.1:4555,10.0.0.5");
    const own = await resolveTarget(parseUrl("http://n8n.internal:5678"), policy, answers("10.0.0.9"));
    expect(own).toMatchObject({ addresses: ["10.0.0.9"], port: 5678, exempt: true });
    const fixed = await resolveTarget(parseUrl("https://acme.example"), policy, nobody);
    expect(fixed).toMatchObject({ addresses: ["127.0.0.1"], port: 4555, exempt: true });
    const literal = await resolveTarget(parseUrl("http://10.0.0.5"), policy, nobody);
    expect(literal).toMatchObject({ addresses: ["10.0.0.5"], exempt: true });
  });
});
