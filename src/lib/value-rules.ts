import { normaliseDomain } from "./domain";

const EMAIL = /^[^\s@<>,;"]+@[^\s@<>,;"]+\.[^\s@<>,;"]{2,}$/;
const LINKEDIN = /^(https?:\/\/)?([a-z]{2,3}\.)?linkedin\.com\//i;

const quote = (text: string) => `“${text.length > 60 ? `${text.slice(0, 60)}…` : text}”`;

/** Whether text is one e-mail address. */
export const isEmail = (text: string) => text.length <= 254 && EMAIL.test(text);

/** Whether text is an address at linkedin.com, with or without `https://`. */
export const isLinkedinUrl = (text: string) => LINKEDIN.test(text);

/** Why a text cannot be the value of a field, for the user; null when it can. */
export type ValueRule = (text: string) => string | null;

export const emailProblem: ValueRule = (text) =>
  isEmail(text) ? null : `${quote(text)} is not an e-mail address.`;

export const websiteProblem: ValueRule = (text) => {
  const result = normaliseDomain(text);
  return "reason" in result ? result.reason : null;
};

export const linkedinProblem: ValueRule = (text) =>
  isLinkedinUrl(text) ? null : `${quote(text)} is not a LinkedIn address.`;
