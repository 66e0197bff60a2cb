import { MAX_TAG_LENGTH } from "@contracts";

/** A tag as it stands among others in a text: in quotes where it has something that would end it or be lost. */
export function tagText(tag: string): string {
  return /[,"]|^\s|\s$|\s\s/.test(tag) ? `"${tag.replaceAll('"', '""')}"` : tag;
}

/** Tags as a text with commas between them, which `readTags` reads as the same tags. */
export function tagsText(tags: readonly string[]): string {
  return tags.map(tagText).join(", ");
}

/** The tags in a text that separates them with commas, each once; quotes keep a tag's own comma. */
export function readTags(text: string): string[] {
  const parts = text.matchAll(/\s*(?:"((?:[^"]|"")*)"\s*|([^,]*))(?:,|$)/g);
  const tags = Array.from(parts, ([, quoted, plain = ""]) =>
    quoted === undefined ? plain.trim().replace(/\s+/g, " ") : quoted.replaceAll('""', '"'),
  );
  return [...new Set(tags.filter((tag) => tag !== ""))];
}

/** Tags with some added, after those there are, and some taken out; each once. */
export function withTags(
  tags: readonly string[],
  added: readonly string[],
  removed: readonly string[],
): string[] {
  return [...new Set([...tags, ...added])].filter((tag) => !removed.includes(tag));
}

/** Does to the tags a row has now what turned the tags it had before into others: those that came meanwhile stay. */
export function mergeTags(
  now: readonly string[],
  before: readonly string[],
  after: readonly string[],
): string[] {
  const added = after.filter((tag) => !before.includes(tag));
  const removed = before.filter((tag) => !after.includes(tag));
  return withTags(now, added, removed);
}

/** What is wrong with the length of new tags, or null. */
export function lengthProblem(tags: readonly string[]): string | null {
  return tags.some((tag) => tag.length > MAX_TAG_LENGTH)
    ? `A tag has at most ${MAX_TAG_LENGTH} characters.`
    : null;
}
