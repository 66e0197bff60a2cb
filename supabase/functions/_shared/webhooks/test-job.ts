import { RESEARCH_STAGES, type ResearchStage } from "../contracts/progress.ts";
import type { ProviderJob } from "../providers/provider.ts";

const TEST_ID = /^test-([a-z]+)-[0-9a-f]{8}$/;

/** A job that is made up to try an integration: its id says so and tells its stage, and its result is never stored. */
export function makeTestJob(stage: ResearchStage): ProviderJob {
  const job = { id: `test-${stage}-${crypto.randomUUID().slice(0, 8)}`, attempt: 1 };
  if (stage === "discover") {
    const url = "https://example.com/companies?page=1";
    return { ...job, stage, subject: { page: 1, url }, source: { url } };
  }
  const company = {
    company_id: crypto.randomUUID(),
    name: "Example company",
    domain: "example.com",
    website: "https://example.com",
  };
  return stage === "enrich" || stage === "sync"
    ? { ...job, stage, subject: { ...company, contact: CONTACT } }
    : { ...job, stage, subject: company };
}

const CONTACT = {
  contact_id: "5c7e1f0a-8f6b-4f7e-9a53-6f0f3a0d9d10",
  name: "Jane Doe",
  first_name: "Jane",
  last_name: "Doe",
  title: "CEO",
  email: null,
  phone: null,
  linkedin_url: null,
};

/** The stage of a made-up job; null for the id of a real one. */
export function testStageOf(jobId: string): ResearchStage | null {
  const name = TEST_ID.exec(jobId)?.[1];
  return RESEARCH_STAGES.find((stage) => stage === name) ?? null;
}
