import type { StatsFs } from "node:fs";
import { StackError } from "../stack-error.ts";

/** What a new database and some first data need. */
export const minimumFreeBytes = 200_000_000;

/** Throws a StackError if a file system with these figures has less than `minimum` bytes for us. */
export function checkFreeSpace(
  { bavail, bsize }: Pick<StatsFs, "bavail" | "bsize">,
  where: string,
  minimum: number,
): void {
  if (bavail * bsize >= minimum) return;
  throw new StackError(
    `Less than ${minimum / 1_000_000} MB are free on the disk that holds ${where}: free some space and start again.`,
  );
}
