import { describe, expect, it } from "vitest";
import { findRule, parseAllowHosts } from "./policy.ts";

describe("parseAllowHosts", () => {
  it("allows nothing when the variable is not set or empty", () => {
    expect(parseAllowHosts(undefined).rules).toEqual([]);
    expect(parseAllowHosts(" , ").rules).toEqual([]);
  });

  it("allows a host on any port, or only on the one it names", () => {
    const policy = parseAllowHosts("n8n.internal, clay.internal:8080, [::1]:5678");
    expect(findRule(policy, "n8n.internal", 1234)).not.toBeNull();
    expect(findRule(policy, "clay.internal", 8080)).not.toBeNull();
    expect(findRule(policy, "clay.internal", 80)).toBeNull();
    expect(findRule(policy, "::1", 5678)).not.toBeNull();
    expect(findRule(policy, "::1", 80)).toBeNull();
  });

  it("allows names below a suffix, but not the suffix itself or a name that merely ends like it", () => {
    const policy = parseAllowHosts("*.svc.local");
    expect(findRule(policy, "a.svc.local", 80)).not.toBeNull();
    expect(findRule(policy, "a.b.svc.local", 80)).not.toBeNull();
    expect(findRule(policy, "svc.local", 80)).toBeNull();
    expect(findRule(policy, "evilsvc.local", 80)).toBeNull();
  });

  it("leads a host to a fixed address and port", () => {
    const policy = parseAllowHosts("*.example=127.0.0.1:4555,one.test=[::1]");
    expect(findRule(policy, "acme.example", 443)?.connect).toEqual({ address: "127.0.0.1", port: 4555 });
    expect(findRule(policy, "one.test", 443)?.connect).toEqual({ address: "::1", port: null });
  });

  it("compares hosts in the spelling of the URL parser", () => {
    const policy = parseAllowHosts("N8N.Internal,münchen.local,0x7f.1");
    expect(findRule(policy, "n8n.internal", 80)).not.toBeNull();
    expect(findRule(policy, "xn--mnchen-3ya.local", 80)).not.toBeNull();
    expect(findRule(policy, "127.0.0.1", 80)).not.toBeNull();
  });

  it.each([
    "http://n8n.internal",
    "n8n.internal:99999",
    "a b",
    "*",
    "*.",
    "x=y",
    "x=1.2.3.4=5",
    "x=host:80",
    "user@host",
    "a\\b",
  ])("names the entry it cannot read: %s", (entry) =>
    expect(() => parseAllowHosts(`ok.example,${entry}`)).toThrow(/OUTBOUND_ALLOW_HOSTS: cannot read/),
  );
});
