import type { ResearchStage } from "../contracts/progress.ts";
import type { ProviderJob } from "../providers/provider.ts";

const TEST_ID = /^test-(company|financials|contacts)-[0-9a-f]{8}$/;

/** A job that is made up to try an integration: its id says so and tells its stage, and its result is never stored. */
export function makeTestJob(stage: ResearchStage): ProviderJob {
  return {
    id: `test-${stage}-${crypto.randomUUID().slice(0, 8)}`,
    stage,
    attempt: 1,
    subject: {
      company_id: crypto.randomUUID(),
      name: "Example company",
      domain: "example.com",
      website: "https://example.com",
    },
  };
}

/** The stage of a made-up job; null for the id of a real one. */
export function testStageOf(jobId: string): ResearchStage | null {
  const stage = TEST_ID.exec(jobId)?.[1];
  return stage === "company" || stage === "financials" || stage === "contacts" ? stage : null;
}
