import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { reasonCode } from "./reason-code.ts";

describe("the code of a reason", () => {
  test.each([
    ["No website for this company", "provider_failed:no_website_for_this_company"],
    ["Blocked: HTTP 403 from https://acme.example/team (try 3).", "provider_failed:blocked_http_from_try"],
    ['"Acme & Söhne" wasn’t found', "provider_failed:wasn’t_found"],
    ["acme.example is parked", "provider_failed:is_parked"],
    ["Jane@acme.example bounced", "provider_failed:bounced"],
    ["Kein Eintrag im Register", "provider_failed:kein_eintrag_im_register"],
    ["見つかりません", "provider_failed:見つかりません"],
    ["404", "provider_failed"],
    ["", "provider_failed"],
  ])("%s", (reason, code) => {
    expect(reasonCode("provider_failed", reason, [])).toBe(code);
  });

  test("does not depend on whom the job is about", () => {
    const of = (name: string, domain: string) =>
      reasonCode("provider_failed", `${name} (${domain}) has no page about its people`, [name, domain]);
    expect(of("Acme Robotics", "acme.example")).toBe("provider_failed:has_no_page_about_its_people");
    expect(of("ÄLPHA ag", "älpha.example")).toBe(of("Acme Robotics", "acme.example"));
  });

  test("a name that holds another one is left out whole", () => {
    expect(reasonCode("x", "Acme Robotics GmbH is unknown", ["Acme", "Acme Robotics GmbH"])).toBe(
      "x:is_unknown",
    );
  });

  test("whatever the reason: short, storable, the same for the same", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), fc.array(fc.string({ unit: "binary" })), (reason, names) => {
        const code = reasonCode("provider_failed", reason, names);
        expect(code).toMatch(/^provider_failed(?::[\p{L}\p{M}'’_-]+)?$/u);
        expect([...code].length).toBeLessThanOrEqual("provider_failed:".length + 80);
        expect(reasonCode("provider_failed", reason, names)).toBe(code);
      }),
    );
  });
});
