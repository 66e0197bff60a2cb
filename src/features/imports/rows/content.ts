import type { ImportKind } from "@contracts";
import { normaliseDomain } from "@/lib/domain";
import { isEmail, isLinkedinUrl } from "@/lib/value-rules";
import type { Field } from "./fields";

const PHONE = /^\+?[\d\s()./-]{7,20}$/;

const isWebsite = (text: string) => !text.includes("@") && "domain" in normaliseDomain(text);
const isPhone = (text: string) => PHONE.test(text) && text.replace(/\D/g, "").length >= 7;

/** Whether a cell is a value by its looks, as a header never is. */
export const looksLikeValue = (text: string) =>
  isEmail(text) || isLinkedinUrl(text) || isWebsite(text) || isPhone(text);

/** Whether the cells of a column could be names: words of some length, hardly the same one twice. */
export function looksLikeNames(cells: readonly string[]): boolean {
  const filled = cells.map((cell) => cell.trim()).filter((cell) => cell !== "");
  const words = filled.filter(
    (cell) => /\p{L}{2}/u.test(cell) && cell.length <= 100 && !looksLikeValue(cell),
  );
  return (
    filled.length > 0 && words.length > filled.length * 0.9 && new Set(filled).size > filled.length * 0.7
  );
}

/** The field that most cells of a column look like, or null. Empty cells say nothing. */
export function contentField(kind: ImportKind, cells: readonly string[]): Field | null {
  const filled = cells.map((cell) => cell.trim()).filter((cell) => cell !== "");
  const most = (test: (text: string) => boolean) => filled.filter(test).length > filled.length * 0.7;
  if (filled.length === 0) return null;
  if (most(isEmail)) return "email";
  if (most(isLinkedinUrl)) return "linkedin_url";
  if (most(isWebsite)) return kind === "companies" ? "website" : "company_website";
  if (most((text) => text.startsWith("+") && isPhone(text))) return "phone";
  return null;
}
