import { formatCount, formatNumber } from "@/lib/format";

/** Reasons that are one but for the value they are about. */
export interface ReasonGroup {
  /** The first of them. */
  example: string;
  count: number;
}

const VALUE = /^“(.*?)” is (not an? .*?)\.(?: Kept as the custom field “(.*)”\.)?$/s;

/** What is the same in reasons that differ in their value only: its text, its length. */
function sameness(reason: string): string {
  const [, , what, header = ""] = VALUE.exec(reason) ?? [];
  return what === undefined ? reason.replace(/\d[\d,]*/g, "0") : `${header}: ${what}`;
}

/** Counts reasons by what they have in common. */
export class ReasonCounts {
  readonly #groups = new Map<string, ReasonGroup>();

  add(reason: string): void {
    const key = sameness(reason);
    const group = this.#groups.get(key);
    if (group) group.count += 1;
    // Reasons beyond so many kinds are told line by line only.
    else if (this.#groups.size < 200) this.#groups.set(key, { example: reason, count: 1 });
  }

  /** The most frequent first. */
  groups(): ReasonGroup[] {
    return [...this.#groups.values()].toSorted((a, b) => b.count - a.count);
  }
}

/** A group in words, such as "Main email: 665 values are not an e-mail address (such as “n.n.”)". */
export function groupText({ example, count }: ReasonGroup): string {
  if (count === 1) return example;
  const [, value = "", what, header] = VALUE.exec(example) ?? [];
  if (what === undefined) return `${example} So in ${formatCount(count, "row")}.`;
  const text = `${formatNumber(count)} values are ${what} (such as “${value}”).`;
  return header === undefined ? text : `${header}: ${text} Kept as custom fields.`;
}
