import { isTitle } from "./job-title.ts";
import { fold } from "./text.ts";

/** Words of organizations' names, and the legal forms at their ends. Folded. */
const ORGANIZATION =
  /\b(?:universit\p{L}*|university|college|school|hochschule|fachhochschule|institut[eo]?|academy|akademie|polytechni\p{L}*|church|parish|hospital|klinikum|bank|capital|ventures|holdings?|foundation|stiftung|consulting|associates|council|cpas|group|gruppe)\b|^(?:tu|eth|fh|epfl|mit|ucl|lmu)\b|\b(?:gmbh|inc|llc|llp|ltd|limited|plc|ag|kg|ab|asa|oy|aps|bv|nv|srl|spa|sarl|sas|corp|corporation|co)$/u;

/** Whether a text names an organization and no role: "TU Dresden", "St. Luke's Church", "Lanternfish Capital". */
export function isAffiliation(text: string): boolean {
  return ORGANIZATION.test(fold(text)) && !isTitle(text);
}
