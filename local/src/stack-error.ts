/**
 * Something the person who started the stack can put right. The message is one line that says what happened
 * and what to do; whoever starts the stack prints it and exits with 1, without a stack trace.
 */
export class StackError extends Error {
  override name = "StackError";
}

const systemReasons: Record<string, (where: string) => string> = {
  ENOSPC: (where) => `The disk that holds ${where} is full: free some space and start again.`,
  EACCES: (where) =>
    `No permission to read or write ${where}: change its owner or mode, or choose another data directory.`,
  EPERM: (where) =>
    `No permission to read or write ${where}: change its owner or mode, or choose another data directory.`,
  EROFS: (where) => `${where} is on a read-only file system: choose another data directory.`,
  ENOTDIR: (where) =>
    `${where} cannot be a data directory because part of its path is a file: choose another one.`,
};

/** The StackError for a file system error met at `where`; any other error comes back as it is. */
export function explain(error: unknown, where: string): unknown {
  if (!(error instanceof Error) || error instanceof StackError || !("code" in error)) return error;
  const reason = typeof error.code === "string" ? systemReasons[error.code] : undefined;
  return reason ? new StackError(reason(where), { cause: error }) : error;
}
