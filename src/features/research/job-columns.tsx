import { Link } from "react-router-dom";
import { DateCell, TextCell } from "@/components/data-table/cells";
import type { Column } from "@/components/data-table/column";
import { JOB_STATUS, STAGE_LABEL } from "@/components/record/job-labels";
import { Badge } from "@/components/ui/badge";
import type { Job } from "./job-queries";
import { subjectName, subjectPath } from "./job-subject";

/** What is shown of the jobs of a run. */
export const jobColumns: Column<Job>[] = [
  {
    id: "company",
    header: "About",
    width: 230,
    cell: (job) => {
      const name = subjectName(job);
      const path = subjectPath(job);
      return path === null ? (
        <span className="truncate text-muted-foreground">{name}</span>
      ) : (
        <Link to={path} tabIndex={-1} title={name} className="truncate hover:underline">
          {name}
        </Link>
      );
    },
  },
  {
    id: "status",
    header: "State",
    width: 108,
    cell: ({ status }) => <Badge variant={JOB_STATUS[status].variant}>{JOB_STATUS[status].label}</Badge>,
  },
  {
    id: "stage",
    header: "Stage",
    width: 128,
    cell: ({ stage }) => <TextCell text={STAGE_LABEL[stage]} />,
  },
  {
    id: "reason",
    header: "Reason",
    width: 246,
    cell: ({ status, error_message }) => <TextCell text={status === "completed" ? null : error_message} />,
  },
  {
    id: "attempt",
    header: "Attempts",
    width: 76,
    align: "end",
    cell: ({ attempt }) => (attempt === 0 ? null : attempt),
  },
  {
    id: "changed",
    header: "Changed",
    width: 120,
    cell: ({ finished_at, started_at, created_at }) => (
      <DateCell at={finished_at ?? started_at ?? created_at} />
    ),
  },
];

/** What a job is called. */
export function jobName(job: Job): string {
  return `${subjectName(job)}, ${STAGE_LABEL[job.stage].toLowerCase()}`;
}
