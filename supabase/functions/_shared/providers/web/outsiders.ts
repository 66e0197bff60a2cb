/** Roles that outsiders hold, and labels of credits. */
const OUTSIDER =
  /datenschutz|data protection|\bdpo\b|privacy|webmaster|photo|foto|bild|design(?:ed)? by|webdesign|umsetzung|hosting|programmierung|redaktion|text(?:e)?:|inhaltlich|verantwortlich|aufsichts(?:behorde|behörde)|registergericht/iu;
/** Who speaks at an event or wrote a text, as a label of its own. */
const GUEST =
  /^(?:referent(?:in|en)?|speakers?|guests?|gäste?|relat(?:ore|rice)|ponentes?|intervenante?s?|authors?|autor(?:in|en)?|by|von|interview|moderation)$/iu;

/** Who owns or runs the company stays its own, whatever else the label makes them answer for. */
const OWNER =
  /inhaber|gesch(?:ä|ae)ftsf(?:ü|ue)hr|vorstand|owner|proprietor|director|gérant|titolare|titular|gerente/iu;

/** Whether a label announces somebody who does not belong to the company. */
export function isOutsiderLabel(label: string): boolean {
  return (OUTSIDER.test(label) && !OWNER.test(label)) || GUEST.test(label.trim());
}
