import { isTitle } from "./job-title.ts";
import { fold } from "./text.ts";

/** Words of organizations' names, anywhere in them. Folded. */
const INSTITUTION =
  /\b(?:universit\p{L}*|hochschule|fachhochschule|polytechni\p{L}*|church|parish|klinikum)\b|^(?:tu|eth|fh|mit|ucl|lmu)\s/u;
/** Words that end organizations' names: "Lanternfish Capital", "Boudreaux & Pell CPAs". */
const ENDING =
  /\s(?:university|college|school|institut[eo]?|academy|akademie|hospital|bank|capital|ventures|holdings?|foundation|stiftung|associates|cpas|group|gruppe|gmbh|inc|llc|llp|ltd|limited|plc|ag|kg|ab|asa|oy|aps|bv|nv|srl|spa|sarl|sas|corp|corporation|co)$/u;

/** Whether a text names an organization and no role: "TU Dresden", "St. Luke's Church", "Lanternfish Capital". */
export function isAffiliation(text: string): boolean {
  const folded = fold(text);
  return (INSTITUTION.test(folded) || ENDING.test(folded)) && !isTitle(text);
}
