/** Control, bidirectional and zero-width characters: invisible at best, spoofing at worst. */
const INVISIBLE = /[\p{Cc}\u00AD\u200B\u200C\u200E\u200F\u202A-\u202E\u2060-\u2069\uFEFF\uFFFC\uFFFD]/gu;

/** One trimmed line without control characters, cut at `max` characters (code points are kept whole). */
export function clean(text: string, max: number): string {
  // A value ten times too long is not worth normalising in full.
  const head = text.length > max * 10 ? text.slice(0, max * 10) : text;
  const line = head
    .normalize("NFC")
    .replace(/[\s\u0085]+/gu, " ")
    .replace(INVISIBLE, "")
    .replace(/ {2,}/g, " ")
    .trim();
  if (line.length <= max) return line;
  return line
    .slice(0, max)
    .replace(/[\uD800-\uDBFF]$/, "")
    .trim();
}

/** Letters that Unicode does not take apart into a base letter and an accent. */
const UNDECOMPOSED: Readonly<Record<string, string>> = {
  ł: "l",
  ø: "o",
  đ: "d",
  ı: "i",
  æ: "ae",
  œ: "oe",
  ß: "ss",
};

/** For comparing: lower case, no accents, no punctuation, single spaces. */
export function fold(text: string): string {
  return text
    .normalize("NFKD")
    .replace(/[\u0300-\u036f]+/g, "")
    .normalize("NFC")
    .toLowerCase()
    .replace(/[łøđıæœß]/g, (letter) => UNDECOMPOSED[letter] ?? letter)
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, " ")
    .trim();
}
