import type { TransactionSql } from "postgres";
import type { Failure, Part } from "../db/matrix/cells.ts";
import type { Mutant } from "./mutant.ts";

export interface Verdict {
  mutant: Mutant;
  /** The first cell that noticed; null if none did. */
  killedBy: Failure | null;
  /** Why it is no mutant at all: it cannot be made, or does not run. */
  broken: string | null;
}

/** Makes the mutant, tries the parts of the matrix until one fails, and undoes it. */
export async function judge(sql: TransactionSql, mutant: Mutant, parts: Part[]): Promise<Verdict> {
  await sql`savepoint mutant`;
  try {
    await sql.unsafe(mutant.sql);
  } catch (error) {
    await sql`rollback to savepoint mutant`;
    return { mutant, killedBy: null, broken: String(error) };
  }
  try {
    for (const part of nearFirst(parts, mutant.near)) {
      const [failure] = await part.failures();
      // A mutant that does not run is no less guarded than before.
      if (failure && /^(42(?!501)|0A|XX|2F)/.test(failure.got))
        return { mutant, killedBy: null, broken: `${failure.cell}: ${failure.got}` };
      if (failure) return { mutant, killedBy: failure, broken: null };
    }
    return { mutant, killedBy: null, broken: null };
  } finally {
    await sql`rollback to savepoint mutant`;
  }
}

/** The part that should notice, then, for what is inside a function, the calls of all functions, then everything. */
function nearFirst(parts: Part[], near: string): Part[] {
  const isCall = (name: string) => name.startsWith("call ");
  const distance = ({ name }: Part) => {
    if (name === near || name.startsWith(`${near}: `)) return 0;
    return isCall(near) && isCall(name) ? 1 : 2;
  };
  return [0, 1, 2].flatMap((wanted) => parts.filter((part) => distance(part) === wanted));
}
