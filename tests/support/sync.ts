import { lanesBench } from "./lanes.ts";
import type { Batch } from "./research.ts";

/** What jobs of batches are about, "sync Person 1", in the order of that. */
export const namesOf = (batches: readonly Batch[]) =>
  batches.flatMap(({ jobs }) => jobs.map(({ stage, contact }) => `${stage} ${contact?.name}`)).toSorted();

/** Batches of one contact each, in the order of their names. */
export const byName = (batches: readonly Batch[]) =>
  batches.toSorted((a, b) => (a.jobs[0]?.contact?.name ?? "").localeCompare(b.jobs[0]?.contact?.name ?? ""));

/** A bench of lanes whose contacts are handed on. */
export function syncBench() {
  const lanes = lanesBench();
  const { bench } = lanes;
  return {
    ...lanes,

    /** Claims look for jobs from the beginning again. */
    lookAgain: () => bench.sql`update private.lane_runs set looked_at = now() - interval '2 seconds'`,

    /** Research of which this integration does all that is about contacts; the run. */
    start: (integration: string, stages = ["sync"], options: object = {}) =>
      bench.start(stages, {}, { providers: { enrich: integration, sync: integration }, ...options }),

    /** Those of whom there are `sync` jobs in the run. */
    async handedOn(run: string): Promise<string[]> {
      const rows = await bench.sql<{ name: string }[]>`
        select p.name from public.research_jobs j join public.contacts p on p.id = j.contact_id
        where j.run_id = ${run} and j.stage = 'sync' order by p.name`;
      return rows.map(({ name }) => name);
    },
  };
}
