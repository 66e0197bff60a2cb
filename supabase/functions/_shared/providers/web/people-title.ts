import { isDepartment, isTitle, isTitleShaped } from "./job-title.ts";
import type { Line } from "./lines.ts";
import { ancestors, isGroupHeading } from "./people-context.ts";
import { signatureOf } from "./people-groups.ts";
import { isTitleLabel, predicate, readPersonLine, readTitleField, withoutContact } from "./people-lines.ts";

const NAME_CLASS = /(?:^|[\s_-])(?:name|fullname|full-name|person|member-name|fn)(?:$|[\s_-])/i;
const ROLE_CLASS =
  /(?:^|[\s_-])(?:role|job|job-?title|position|designation|function|title|subtitle|occupation|funktion|cargo|poste|fonction|ruolo)(?:$|[\s_-])/i;

/** The title next to a name where the page's own classes call them so: `member__name` and `member__position`. */
export function roleByClass(at: number, lines: readonly Line[]): string | null {
  const line = lines[at];
  if (!line || !NAME_CLASS.test(line.className)) return null;
  const role = [lines[at + 1], lines[at - 1]].find(
    (other) => other && ROLE_CLASS.test(other.className) && other.level !== 1,
  );
  return role && isTitleShaped(role.text) ? role.text : null;
}

/** The role below a name or above it, whichever is closer in the page's structure; below when that says nothing. */
export function titleNear(at: number, lines: readonly Line[]): string | null {
  const line = lines[at];
  const above = lines[at - 1];
  if (!line) return null;
  const following = lines
    .slice(at + 1, at + 4)
    .filter((other) => other.text !== "")
    .slice(0, 2);
  const field = following.map((other) => readTitleField(other.text)).find((title) => title !== null);
  if (field) return field;
  const [label, value] = following;
  if (label && isTitleLabel(label.text)) return value && isTitleShaped(value.text) ? value.text : null;
  const item = definition(line);
  if (item === "dd" && above && definition(above) === "dt" && isRole(above.text)) return roleIn(above.text);
  const below = following.find((other, index) => {
    if (startsNext(other, line, lines)) return false;
    if (!isRole(other.text) || (item !== undefined && definition(other) !== "dd")) return false;
    // A heading is a title only right below the name and of a lower rank; otherwise it starts the next thing.
    const isOwnLine = other.level === 0 || other.level > line.level || other.element === line.element;
    if (index === 0) return isOwnLine;
    return other.level === 0 && following[0]?.level === 0 && !isNameLine(following[0]);
  });
  const isAbove = above !== undefined && isRole(above.text) && !isGroupOver(above, line);
  // A role as a heading over one name is that person's; over several it is the name of a group.
  const isGroup = isAbove && above.level > 0 && isNameLine(following[0]);
  // What stands between two names belongs to the one it shares more elements with, else to the one above it.
  const nameAbove = isNameLine(lines[at - 2]) ? lines[at - 2] : undefined;
  const rival = below ? shared(line, below) : nameAbove && above ? shared(nameAbove, above) : -1;
  if (isAbove && !isGroup && shared(line, above) > rival && !endsPrevious(above, line, lines[at - 2]))
    return roleIn(above.text);
  return below ? roleIn(below.text) : label?.level === 0 ? titleInProse(line.text, label.text) : null;
}

/** The role in a line that may hold a number or an address as well: "Head of Sales, jane@acme.example". */
function roleIn(text: string): string {
  return withoutContact(text)
    .replace(/^[\s,;:|–—·•/-]+|[\s,;:|–—·•/-]+$/gu, "")
    .replace(/^[(（]([^()（）]+)[)）]$/u, "$1");
}

/** Whether a line below a name belongs to the next one: "Jon Roe / SALES / Tim Berg", or the top of the next card. */
function startsNext(other: Line, name: Line, lines: readonly Line[]): boolean {
  const after = lines[lines.indexOf(other) + 1];
  if (!after || signatureOf(after) !== signatureOf(name) || !isNameLine(after)) return false;
  const isHeading = other.level > 0 && name.level === 0;
  return isHeading ? shared(other, after) >= shared(other, name) : shared(other, after) > shared(other, name);
}

/** Whether a line above a name ends what is above it: the card before, whoever that is about. */
function endsPrevious(above: Line, name: Line, before: Line | undefined): boolean {
  return before !== undefined && before.level === 0 && shared(before, above) > shared(above, name);
}

/** Whether a heading is over a group of people, and no small line above one name: "Founders", "Board of directors". */
function isGroupOver(heading: Line, line: Line): boolean {
  const isOver = heading.level > 0 && (line.level === 0 || heading.level < line.level);
  return isOver && (isGroupHeading(heading) || isDepartment(heading.text));
}

/** "dt" or "dd" for the two sides of a definition list. */
function definition(line: Line): string | undefined {
  return ancestors(line)
    .slice(0, 3)
    .find((element) => element.name === "dt" || element.name === "dd")?.name;
}

/** The role in the first sentence about somebody: "Imogen is our CEO. …", "Rafael, CTO, wrote the parser". */
function titleInProse(name: string, text: string): string | null {
  const first = name.split(/\s+/)[0] ?? "";
  if (first === "" || !text.startsWith(first)) return null;
  const rest = text.slice(text.startsWith(name) ? name.length : first.length);
  const role = predicate(rest.replace(/^,?\s/u, ""));
  if (role !== null) return role;
  const title = /^,\s([^.,;:]{2,60}),\s/u.exec(rest)?.[1] ?? "";
  return isTitle(title) ? title : null;
}

/** A role, and not a person with the name of a trade ("Robert Koch"). */
function isRole(text: string): boolean {
  const role = roleIn(text);
  return isTitle(role) && readPersonLine(role, null) === null;
}

/** How many elements hold both lines: more means closer. */
export function shared(a: Line | undefined, b: Line | undefined): number {
  if (!a || !b) return 0;
  const around = new Set(ancestors(b));
  return ancestors(a).filter((element) => around.has(element)).length;
}

/** Whether a line reads as a person. */
export function isNameLine(line: Line | undefined): boolean {
  if (!line) return false;
  const known = nameLines.get(line);
  if (known !== undefined) return known;
  const isName = readPersonLine(line.text, line.lead, line.tail) !== null;
  nameLines.set(line, isName);
  return isName;
}

/** Asked for several times a line; goes with the document. */
const nameLines = new WeakMap<Line, boolean>();
