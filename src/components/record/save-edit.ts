import { RequestError } from "@/lib/errors";
import { mergeTags } from "@/lib/tags";
import { NOT_ALLOWED } from "./unsaved";

/** Others may change a row just as often before an edit of it is given up. */
const ATTEMPTS = 5;

interface Tagged {
  tags: string[];
  /** When the row was changed last. */
  updated_at: string;
}

interface RowAccess<Row, Edit> {
  /** The row as it is now; throws `RequestError` when it is gone. */
  read: () => Promise<Tagged>;
  /** Writes an edit, if the row is still as it was when it was changed `since`; null if it is not, or gone. */
  write: (edit: Edit, since?: string) => Promise<Row | null>;
}

/**
 * Saves an edit of a row. Tags are added to those it has by now and taken out of them: what others did since the row was shown
 * stays. Throws `RequestError` when the row is gone (as `read` does), may not be changed, or changes all the time.
 */
export async function saveEdit<Row, Edit extends { tags?: string[] }>(
  shown: { tags: readonly string[] },
  edit: Edit,
  { read, write }: RowAccess<Row, Edit>,
): Promise<Row> {
  if (edit.tags === undefined) {
    const saved = await write(edit);
    if (saved !== null) return saved;
    // Not found, unless it may be looked at and no more.
    await read();
    throw NOT_ALLOWED;
  }
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const now = await read();
    const saved = await write({ ...edit, tags: mergeTags(now.tags, shown.tags, edit.tags) }, now.updated_at);
    if (saved !== null) return saved;
  }
  throw new RequestError("This row is being changed by others. Your change was not saved; try it again.", {
    status: 409,
    code: "row_busy",
  });
}
