import { describe, expect, it } from "vitest";
import { phoneInLink, phonesInLine, samePhone } from "./phones.ts";

const inText = (text: string) => phonesInLine({ text, links: [] });

describe("phonesInLine", () => {
  it.each([
    ["Tel.: 030 / 123 45-67", "030 / 123 45-67"],
    ["+44 (0)20 7946 0958", "+44 (0)20 7946 0958"],
    ["(336) 555-0188", "(336) 555-0188"],
    ["Tlf: 22 55 01 00", "22 55 01 00"],
    ["電話：０３－５５５０－０１００", "03-5550-0100"],
    ["Call us on 01632 960 001", "01632 960 001"],
    ["Reception: 0161 496 0000", "0161 496 0000"],
    ["0161 496 0000", "0161 496 0000"],
    ["Tel/Fax: 030 5550100", "030 5550100"],
  ])("finds the number in %s", (text, phone) => expect(inText(text)).toEqual([phone]));

  it.each([
    "Fax: +49 30 5550101",
    "VAT no: 0123 456 789",
    "HRB: 012345678",
    "1962–2026",
    "Mon-Fri 08:00-17:00",
    "123-456-7890",
    "DE000000000",
    "order 5550100",
  ])("finds none in %s", (text) => expect(inText(text)).toEqual([]));

  it("prefers the link to the text beside it, and leaves out a linked fax", () => {
    expect(phonesInLine({ text: "Tel: 01273 496 000", links: ["tel:+441273496000"] })).toEqual([
      "+441273496000",
    ]);
    expect(phonesInLine({ text: "Fax: 01273 496 001", links: ["tel:01273496001"] })).toEqual([]);
    expect(phonesInLine({ text: "Tel 030 5550100 Fax 030 5550101", links: [] })).toEqual(["030 5550100"]);
  });

  it("answers at once on a line of digits", () => {
    expect(inText("1 ".repeat(2_000))).toEqual([]);
  });
});

it("phoneInLink reads tel links in their spellings", () => {
  expect(phoneInLink("tel:%2B49%2030%205550100")).toBe("+49 30 5550100");
  expect(phoneInLink("tel://+49305550100;ext=5")).toBe("+49305550100");
  expect(phoneInLink("tel:none")).toBeNull();
});

it("samePhone sees one number with and without country code", () => {
  expect(samePhone("+49 (0)30 5550100", "030 5550100")).toBe(true);
  expect(samePhone("+49 30 5550100", "+49 30 5550101")).toBe(false);
});
