/** Roles that outsiders hold, and labels of credits. */
const OUTSIDER =
  /datenschutz|data protection|\bdpo\b|privacy|webmaster|photo|foto|bild|design(?:ed)? by|webdesign|umsetzung|hosting|programmierung|redaktion|text(?:e)?:|inhaltlich|verantwortlich|aufsichts(?:behorde|behörde)|registergericht/iu;
/** Whether a label announces somebody who does not belong to the company. */
export function isOutsiderLabel(label: string): boolean {
  return OUTSIDER.test(label);
}
