import { lengthProblem, readTags, tagsText } from "@/lib/tags";
import type { ValueRule } from "@/lib/value-rules";
import type { CellEdit } from "./column";

interface TextEditOptions {
  maxLength: number;
  required?: boolean;
  /** What a text that is not empty must keep to. */
  rule?: ValueRule;
}

/** Editing a text column; emptied, it holds nothing. */
export function textEdit<Row, Key extends keyof Row & string>(
  column: Row[Key] extends string | null ? Key : never,
  { maxLength, required = false, rule }: TextEditOptions,
): CellEdit<Row> {
  return {
    maxLength,
    required,
    ...(rule && { problem: rule }),
    text: (row) => String(row[column] ?? ""),
    // The column holds texts; a computed key is only known as some string.
    change: (text) => ({ [column]: text === "" ? null : text }) as Partial<Row>,
  };
}

/** Editing tags as words with commas between them; those that are left alone stay as they are. */
export function tagsEdit<Row extends { tags: string[] }>(): CellEdit<Row> {
  return {
    placeholder: "one, another",
    text: (row) => tagsText(row.tags),
    // The only column it writes; a generic row may have narrower tags, ours have not.
    change: (text) => ({ tags: readTags(text) }) as Partial<Row>,
    problem: (text, row) => lengthProblem(readTags(text).filter((tag) => !row.tags.includes(tag))),
  };
}

/** Choosing who looks after a row. */
export function ownerEdit<Row extends { owner_id: string | null }>(
  owners: readonly { value: string; label: string }[],
): CellEdit<Row> {
  return {
    options: [{ value: "", label: "Nobody" }, ...owners],
    text: (row) => row.owner_id ?? "",
    // As above.
    change: (value) => ({ owner_id: value === "" ? null : value }) as Partial<Row>,
  };
}
