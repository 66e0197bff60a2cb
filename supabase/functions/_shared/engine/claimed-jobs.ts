import type { CompanyStage, ContactStage } from "../contracts/progress.ts";
import type { Source } from "../contracts/sources.ts";
import type { CompanySubject, ContactSubject, PageSubject, ProviderJob } from "../providers/provider.ts";

/** A job as the SQL functions give it. */
export type ClaimedJob = ClaimedTry &
  (
    | ({ stage: CompanyStage } & CompanySubject)
    | ({ stage: "discover"; source: Source } & PageSubject)
    | ({ stage: ContactStage; is_barred: boolean } & ContactSubject)
  );

type ClaimedCompany = ClaimedTry & { stage: CompanyStage } & CompanySubject;

interface ClaimedTry {
  id: number;
  attempt: number;
  state: unknown;
}

/** A batch as private.open_batches gives it: its jobs about companies by columns, which are quicker to write, the others by rows. */
export interface ClaimedBatch {
  id: string;
  companies: { [Column in keyof ClaimedCompany]: ClaimedCompany[Column][] } | null;
  others: ClaimedJob[] | null;
}

/** The jobs of a batch. */
export function jobsOf({ companies, others }: ClaimedBatch): ClaimedJob[] {
  return [...(companies ? rowsOf(companies) : []), ...(others ?? [])];
}

/** Rows of columns that are all as long. */
function rowsOf<Row extends object>(columns: { [Column in keyof Row]: Row[Column][] }): Row[] {
  const names = Object.keys(columns) as (keyof Row)[]; // the columns are the row's
  const [first] = names;
  if (first === undefined) return [];
  return columns[first].map((_, place) => {
    const row: Partial<Row> = {};
    for (const name of names) row[name] = columns[name][place];
    return row as Row; // each column gave its own
  });
}

export function toProviderJob({ id, attempt, state, ...job }: ClaimedJob): ProviderJob {
  const one = { id: String(id), attempt, ...(state != null && { state }) };
  if (job.stage === "discover") {
    const { stage, source, ...subject } = job;
    return { ...one, stage, source, subject };
  }
  if (job.stage === "enrich" || job.stage === "sync") {
    const { stage, is_barred, ...subject } = job;
    return { ...one, stage, subject, ...(is_barred && { isBarred: true }) };
  }
  const { stage, ...subject } = job;
  return { ...one, stage, subject };
}
