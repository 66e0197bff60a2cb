import { fold } from "./text.ts";

/** Titles before a name, folded, without dots and hyphens. With or without a dot. */
const HONORIFICS = new Set(
  (
    "dr drs prof professor univprof privdoz pd mr mrs ms miss mx sir dame lord lady baroness rev revd reverend rabbi hon herr frau hr fr " +
    "dott dottor dottore dottssa dottoressa avv sig sigra sigora signora signor sgra srta dna dona don mme mlle madame monsieur maitre mtre " +
    "dra sra doctor doctora captain capt col sgt dring drmed drjur drphil drrernat inz ing mag lic ra rain stb wp dhr mevr mw bc mgr judr mudr phdr rndr " +
    "pan pani dkfm kfm geom rag eng arch adw est r pr m d me ir"
  ).split(" "),
);
/** Those of them that are also names or initials: titles only with a dot. */
const DOTTED_ONLY = new Set(
  "m d me r pr ir hr fr ing mag lic ra rain arch rag eng geom est don pan pani hon bc wp mw adw drs col".split(
    " ",
  ),
);
/** "RA Weber", "StB Huber": German offices, in just these letters. */
const OFFICES = new Set(["RA", "RAin", "StB", "StBin", "WP", "PD"]);
/** What follows "Dr." or "Prof.": the subject, "h. c.", the kind of school. */
const SUBJECTS = new Set(
  "med jur iur rer nat phil pol oec ing agr dent vet techn theol habil publ univ hc h c mult hum soc cult sportwiss psych forest fh th tu ba".split(
    " ",
  ),
);
/** Letters after a name: "PhD", "CFA", "LL.B.", "B.Sc. (Hons)". */
const POST_NOMINAL =
  /^(?:ph\.?\s?d|m\.?d|mba|emba|jd|j\.d|llb|ll\.?b|llm|ll\.?m|cfa|cpa|cpcu|cfp|caia|frm|esq|esquire|jr|sr|ii|iii|iv|ba|b\.a|bsc|b\.?\s?sc|ma|m\.a|msc|m\.?\s?sc|beng|meng|dds|dmd|rn|do|pe|se|p\.?\s?eng|ceng|aia|riba|ra|leed\s?ap|faia|obe|mbe|cbe|kc|qc|sc|fca|aca|acca|facc?a|cima|frics|mrics|fiaa|frs|frse|frcs|frcp|mrcgp|mrcp|facs|dphil|edd|psyd|dvm|rdn?|pmp|shrm-\w+|phr|sphr|gphr|bds|mfds|hons|cissp|arb|mag|dipl\.?-?ing|m\.?p\.?h|lcsw|lmft|dpt|np|pa-c|cpp|cae|cfre|emeritus)\.?$/iu;

/** A name without the titles in front of it. What is left is never empty. */
export function withoutHonorifics(name: string): string {
  const words = name.trim().split(/\s+/);
  let start = 0;
  while (start < words.length - 1 && isHonorific(words[start] ?? "", start, words.length - start)) start += 1;
  return words.slice(start).join(" ");
}

function isHonorific(word: string, position: number, left: number): boolean {
  const bare = fold(word).replaceAll(" ", "");
  const dotted = word.endsWith(".");
  if (/^dipl\b|^dipl-?\p{Lu}/iu.test(word) && /[.-]/.test(word)) return true;
  // "M. Dupont" may be an initial and a surname: a single letter is a title only before a whole name.
  if (bare.length === 1 && position === 0) return dotted && HONORIFICS.has(bare) && left > 2;
  if (OFFICES.has(word)) return left > 2;
  if (HONORIFICS.has(bare) && (dotted || !DOTTED_ONLY.has(bare))) return true;
  return position > 0 && (dotted || /^\(.*\)$/.test(word)) && SUBJECTS.has(bare);
}

/** A name without the letters and degrees after it. */
export function withoutPostNominals(name: string): string {
  const [head = "", ...rest] = name.split(",").map((part) => part.trim());
  const kept = rest.filter((part) => !isLetters(part));
  if (kept.length > 0) return [head, ...kept].join(", ");
  const words = head.split(/\s+/);
  while (words.length > 2 && isTrailingLetters(words.at(-1) ?? "")) words.pop();
  return words.join(" ");
}

/** Whether a text is nothing but letters after a name. */
export function isPostNominals(text: string): boolean {
  const parts = text.split(",").map((part) => part.trim());
  return parts.length <= 6 && parts.every(isLetters);
}

/** "PhD", "P.E.", "MD FACS": each word a known degree, or capitals with dots. */
function isLetters(part: string): boolean {
  const words = part.split(/\s+/).filter((word) => word !== "");
  return (
    words.length > 0 &&
    words.length <= 6 &&
    words.every((word) => POST_NOMINAL.test(word.replace(/[()]/g, "")) || /^(?:\p{Lu}\.){2,5}$/u.test(word))
  );
}

/** Without a comma they could be a surname, unless they have dots, several capitals or brackets: "MRICS", "BSc (Hons)". */
function isTrailingLetters(word: string): boolean {
  const bare = word.replace(/[()]/g, "");
  return POST_NOMINAL.test(bare) && (bare !== word || /\.|\p{Lu}.*\p{Lu}/u.test(bare));
}
