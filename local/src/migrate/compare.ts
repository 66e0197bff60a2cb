import { StackError } from "../stack-error.ts";

export interface MigrationFile {
  /** The digits its name begins with; they order the migrations. */
  version: string;
  name: string;
  sha256: string;
}

const startOver = 'run "npm start -- --reset" to start over with an empty database';

/**
 * The files that have not been applied yet, in order. `applied` holds the hash each applied version was made from.
 * Throws a StackError when the files are not those that the database was built from plus later ones.
 */
export function compareMigrations(
  files: readonly MigrationFile[],
  applied: ReadonlyMap<string, string | null>,
): MigrationFile[] {
  const sorted = files.toSorted((a, b) => (a.version < b.version ? -1 : 1));
  const twice = sorted.find((file, at) => file.version === sorted[at + 1]?.version);
  if (twice) throw new StackError(`Two migrations have the version ${twice.version}: rename one of them.`);
  const present = new Set(files.map((file) => file.version));
  const missing = [...applied.keys()].find((version) => !present.has(version));
  if (missing !== undefined) {
    throw new StackError(
      `Migration ${missing} was applied to this data directory but its file is gone: put it back, or ${startOver}.`,
    );
  }
  for (const file of sorted) {
    const hash = applied.get(file.version);
    if (hash !== undefined && hash !== file.sha256) {
      throw new StackError(
        `Migration ${file.name} has changed since this data directory was built from it: ${startOver}.`,
      );
    }
  }
  const last = [...applied.keys()].toSorted().at(-1) ?? "";
  const pending = sorted.filter((file) => !applied.has(file.version));
  const late = pending.find((file) => file.version < last);
  if (late) {
    throw new StackError(
      `Migration ${late.name} comes before ones that this data directory already has: rename it to a later time, or ${startOver}.`,
    );
  }
  return pending;
}
