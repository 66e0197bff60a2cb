import { JOB_STATUSES, type JobStatus, RESEARCH_STAGES, type ResearchStage } from "@contracts";
import { JOB_STATUS } from "@/components/record/job-labels";
import { oneOf, rowNumber, text } from "@/lib/url-state";
import type { JobFilter } from "./queries";

const SHOWN = ["all", "open", ...JOB_STATUSES] as const;
type Shown = (typeof SHOWN)[number];

/** By how they are doing the jobs of a run can be narrowed to these. */
export const SHOWN_JOBS: { value: Shown; label: string }[] = [
  { value: "all", label: "All jobs" },
  { value: "open", label: "Waiting or working" },
  ...JOB_STATUSES.map((status) => ({ value: status, label: JOB_STATUS[status].label })),
];

/** What the address says of the jobs of a run: which are listed, and which one is open. */
export const jobListParams = {
  jobs: oneOf(SHOWN, "all"),
  /** The error code of those that failed. */
  code: text(),
  stage: oneOf(RESEARCH_STAGES, null),
  q: text(),
  job: rowNumber(),
};

/** Which jobs of a run are listed. */
export interface ShownJobs {
  jobs: Shown;
  code: string;
  stage: ResearchStage | null;
  /** Words of the company or contact. */
  q: string;
}

/** All jobs. */
export const EVERY_JOB: ShownJobs = { jobs: "all", code: "", stage: null, q: "" };

/** The failed jobs of one reason. */
export function failedFor(code: string): ShownJobs {
  return { ...EVERY_JOB, jobs: "failed", code };
}

/** What `list_jobs` narrows by for what the address says. */
export function jobFilter({ jobs, code, stage, q }: ShownJobs): JobFilter {
  const status = code === "" ? statusesOf(jobs) : statusesOf("failed");
  return {
    ...(status && { status }),
    ...(code !== "" && { error_code: code }),
    ...(stage !== null && { stage: [stage] }),
    ...(q !== "" && { q }),
  };
}

function statusesOf(shown: Shown): JobStatus[] | null {
  if (shown === "all") return null;
  return shown === "open" ? ["queued", "processing", "waiting"] : [shown];
}
