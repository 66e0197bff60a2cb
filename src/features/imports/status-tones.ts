import type { RunningImport } from "./sending/running-imports";

/** The colour of an import's progress. */
export const statusTones = {
  sending: "primary",
  retrying: "warning",
  paused: "primary",
  stopped: "destructive",
  completed: "success",
} as const satisfies Record<RunningImport["status"], string>;
