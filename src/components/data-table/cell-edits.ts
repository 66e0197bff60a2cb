import type { CellEdit } from "./column";

/** Most characters of a tag. */
const MAX_TAG_LENGTH = 60;

/** Editing a text column; emptied, it holds nothing. */
export function textEdit<Row, Key extends keyof Row & string>(
  column: Row[Key] extends string | null ? Key : never,
  { maxLength, required = false }: { maxLength: number; required?: boolean },
): CellEdit<Row> {
  return {
    maxLength,
    required,
    text: (row) => String(row[column] ?? ""),
    // The column holds texts; a computed key is only known as some string.
    change: (text) => ({ [column]: text === "" ? null : text }) as Partial<Row>,
  };
}

/** Editing tags as words with commas between them. */
export function tagsEdit<Row extends { tags: string[] }>(): CellEdit<Row> {
  const tagsOf = (text: string) =>
    text
      .split(",")
      .map((tag) => tag.trim().slice(0, MAX_TAG_LENGTH))
      .filter((tag, at, all) => tag !== "" && all.indexOf(tag) === at);
  return {
    maxLength: 2_000,
    placeholder: "one, another",
    text: (row) => row.tags.join(", "),
    // The only column it writes; a generic row may have narrower tags, ours have not.
    change: (text) => ({ tags: tagsOf(text) }) as Partial<Row>,
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
