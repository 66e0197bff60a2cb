const MOST_WORDS = 8;
const LONGEST = 80;

/**
 * The code of a reason that an integration gave: `base`, a colon, and its first words without what differs from job to job, so that jobs which failed
 * for the same reason have the same code. Left out are `names` (of the subject), quotations, and words with digits or signs inside: numbers,
 * addresses, domains. "No website for Acme (try 3)" is `provider_failed:no_website_for_try`. Just `base` if nothing is left.
 */
export function reasonCode(base: string, reason: string, names: readonly string[]): string {
  const words = withoutNames(reason.normalize("NFKC").toLowerCase(), names)
    .replace(/"[^"]*"|“[^”]*”|«[^»]*»|„[^“]*“/g, " ")
    .split(/\s+/)
    .map((word) => word.replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, ""))
    .filter((word) => /^[\p{L}\p{M}]+(?:['’-][\p{L}\p{M}]+)*$/u.test(word));
  const kind = words.slice(0, MOST_WORDS).join("_");
  return kind === "" ? base : `${base}:${[...kind].slice(0, LONGEST).join("")}`;
}

/** Without the names as they are; the longest first, which may hold another one. */
function withoutNames(text: string, names: readonly string[]): string {
  return names
    .map((name) => name.normalize("NFKC").toLowerCase())
    .filter((name) => name.length > 1)
    .sort((a, b) => b.length - a.length)
    .reduce((rest, name) => rest.replaceAll(name, " "), text);
}
