import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { nameKey, readLooseName, readMononym, readPersonName } from "./person-name.ts";

describe("readPersonName", () => {
  it.each([
    ["Jane Doe", "Jane", "Doe"],
    ["Pieter van der Berg", "Pieter", "van der Berg"],
    ["Dr. med. Anna Weber-Huber", "Anna", "Weber-Huber"],
    ["Dipl.-Ing. (FH) Thomas Bauer", "Thomas", "Bauer"],
    ["Gráinne Buckley, LLB", "Gráinne", "Buckley"],
    ['William "Bill" Tanner', "William", "Tanner"],
    ["J. R. Stokes", "J. R.", "Stokes"],
    ["Tadhg Ó Súilleabháin", "Tadhg", "Ó Súilleabháin"],
    ["Sjoerd van 't Hof", "Sjoerd", "van 't Hof"],
    ["Nurul Aisyah binti Rahman", "Nurul Aisyah", "binti Rahman"],
    ["JANE DOE", "JANE", "DOE"],
    ["Tom Baker", "Tom", "Baker"],
    ["Jean-Baptiste Lefèvre", "Jean-Baptiste", "Lefèvre"],
    ["Sam Lee (they/them)", "Sam", "Lee"],
    ["山田 太郎", "太郎", "山田"],
    ["町田 健", "健", "町田"],
  ])("reads %s", (text, first, last) => expect(readPersonName(text)).toMatchObject({ first, last }));

  it.each([
    "Family Law",
    "Head of Sales",
    "Head Baker",
    "Our Team",
    "Read More",
    "Contact Us",
    "Acme GmbH",
    "jane doe",
    "Jane",
    "Wills and Probate",
    "会社概要",
    "営業部",
    "12 Main",
    "a@b.c",
    "",
  ])("does not read %s as a name", (text) => expect(readPersonName(text)).toBeNull());

  it.each(["I.T. Chowdhury", "I.S. Gupta", "C.O. Barnes", "U.S. Rao"])(
    "reads %s, whose initials would be a word",
    (text) => expect(readPersonName(text)?.name).toBe(text),
  );

  it("never fails and never gives a name longer than its text", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", maxLength: 120 }), (text) => {
        expect(readPersonName(text)?.name.length ?? 0).toBeLessThanOrEqual(text.length);
      }),
    );
  });
});

it("nameKey makes spellings of one person equal", () => {
  expect(nameKey("Dr. Jane Doe, PhD")).toBe(nameKey("jane  DOE"));
  expect(nameKey("山田 太郎")).toBe(nameKey("山田太郎"));
  expect(nameKey("Jane Doe")).not.toBe(nameKey("John Doe"));
});

it("single and uncapitalised names are only read where the caller knows better", () => {
  expect(readMononym("Moussa")).toMatchObject({ first: "Moussa" });
  expect(readMononym("Contact")).toBeNull();
  expect(readLooseName("eva lang")).toMatchObject({ first: "eva", last: "lang" });
  expect(readLooseName("read more")).toBeNull();
});
