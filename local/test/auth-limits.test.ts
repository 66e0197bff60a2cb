import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { RateLimit } from "../src/auth/rate-limit.ts";
import { type Services, startServices } from "./support/services.ts";

let services: Services;
beforeAll(async () => {
  services = await startServices("shop.sql", {
    limits: { requestsPerIp: 20, loginsPerEmail: 3, mailsPerEmail: 2 },
  });
});
afterAll(() => services.stop());

describe("limits", () => {
  it("hold for mails to one address, whoever it belongs to", async () => {
    await services.signedIn("known");
    for (const email of ["known@shop.test", "unknown@shop.test"]) {
      const codes = [];
      for (let i = 0; i < 3; i++) {
        codes.push((await services.client().auth.resetPasswordForEmail(email)).error?.code);
      }
      expect(codes).toEqual([undefined, undefined, "over_email_send_rate_limit"]);
    }
  });

  it("hold for passwords tried on one account, and then for everything from one address", async () => {
    const attempt = async (email: string) =>
      (await services.client().auth.signInWithPassword({ email, password: "wrong-one" })).error?.code;
    const codes = [];
    for (let i = 0; i < 4; i++) codes.push(await attempt("known@shop.test"));
    expect(codes.slice(0, 3)).toEqual(["invalid_credentials", "invalid_credentials", "invalid_credentials"]);
    expect(codes[3]).toBe("over_request_rate_limit");
    const others = Array.from({ length: 40 }, (_, i) => `other-${i}@shop.test`);
    const answers = await Promise.all(others.map(attempt));
    expect(answers).toContain("invalid_credentials");
    expect(answers).toContain("over_request_rate_limit");
    const link = await services.request("/auth/v1/verify?token=x&type=recovery");
    expect(link.headers.get("location")).toContain("over_request_rate_limit");
  });
});

describe("RateLimit", () => {
  it("never allows more than the burst and what has refilled since", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 10 }),
        fc.integer({ min: 1, max: 1000 }),
        fc.array(fc.integer({ min: 0, max: 2000 }), { maxLength: 100 }),
        (burst, everyMs, waits) => {
          const limit = new RateLimit(burst, everyMs);
          let now = 0;
          let allowed = 0;
          for (const wait of waits) {
            now += wait;
            if (limit.take("key", now)) allowed++;
            expect(allowed).toBeLessThanOrEqual(burst + now / everyMs + 1e-6);
          }
          expect(limit.take("key", now + everyMs)).toBe(true);
        },
      ),
    );
  });

  it("counts each key alone", () => {
    const limit = new RateLimit(1, 1000);
    expect([limit.take("a", 0), limit.take("b", 0), limit.take("a", 0)]).toEqual([true, true, false]);
  });
});
