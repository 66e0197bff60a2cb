import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isPostNominals, withoutHonorifics, withoutPostNominals } from "./name-affixes.ts";

describe("withoutHonorifics", () => {
  it.each([
    ["Dr. med. univ. Anna Weber", "Anna Weber"],
    ["Priv.-Doz. Dr. med. Anna Weber", "Anna Weber"],
    ["Dipl.-Ing. (FH) Anna Weber", "Anna Weber"],
    ["Sig.ra Anna Weber", "Anna Weber"],
    ["D. Juan Weber", "Juan Weber"],
    ["Baroness Anna Weber", "Anna Weber"],
    ["RA Anna Weber", "Anna Weber"],
  ])("takes the title off %s", (name, bare) => expect(withoutHonorifics(name)).toBe(bare));

  it.each(["M. Dupont", "Don Draper", "Pan Wei", "Eng Lim"])("leaves %s alone", (name) =>
    expect(withoutHonorifics(name)).toBe(name),
  );

  it("never leaves nothing of a name", () => {
    const words = fc.array(fc.constantFrom("Dr.", "Prof.", "Anna", "Weber", "med.", "M."), { minLength: 1 });
    fc.assert(
      fc.property(words, (parts) => {
        expect(withoutHonorifics(parts.join(" "))).not.toBe("");
      }),
    );
  });
});

it("withoutPostNominals takes off degrees in their spellings, not surnames", () => {
  expect(withoutPostNominals("Anna Weber, P.E., S.E.")).toBe("Anna Weber");
  expect(withoutPostNominals("Anna Weber BSc (Hons) MRICS")).toBe("Anna Weber");
  expect(withoutPostNominals("Anna Ma")).toBe("Anna Ma");
});

it("isPostNominals tells degrees from roles", () => {
  expect(isPostNominals("PhD, CFA")).toBe(true);
  expect(isPostNominals("Partner")).toBe(false);
});
