import { describe, expect, it } from "vitest";
import { isTitle, isTitleShaped } from "./job-title.ts";

describe("isTitle", () => {
  it.each([
    "CEO",
    "Head of Sales",
    "Co-Founder & CTO",
    "Geschäftsführerin",
    "Vertriebsleiter Süd",
    "Maître verrier, gérante",
    "Jefa de obra",
    "Prezes Zarządu",
    "toimitusjohtaja",
    "代表取締役社長",
    "총괄 이사",
    "Генеральный директор",
    "الرئيس التنفيذي",
    "CEO since 2015",
  ])("takes %s for a role", (text) => expect(isTitle(text)).toBe(true));

  it.each([
    "Jane Doe",
    "From £1,950 with retainers.",
    "Alasdair has sat on the board of four schemes.",
    "She leads our director programme",
    "Weekly consolidation from six ports.",
    "12345 Berlin",
    "x".repeat(200),
  ])("does not take %s for one", (text) => expect(isTitle(text)).toBe(false));
});

it("isTitleShaped accepts unusual titles and refuses sentences, addresses and numbers", () => {
  expect(isTitleShaped("Queen Rearing")).toBe(true);
  expect(isTitleShaped("Oil, wax, patience.")).toBe(false);
  expect(isTitleShaped("jane@acme.example")).toBe(false);
  expect(isTitleShaped("+49 30 555010")).toBe(false);
});
