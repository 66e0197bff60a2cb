import type { OutboundPolicy } from "../../outbound/policy.ts";
import type { Resolver } from "../../outbound/target.ts";
import type { JobOutcome, Provider, ProviderJob, StageResult } from "../provider.ts";
import { extractCompany } from "./company.ts";
import { extractContacts } from "./contacts.ts";
import { fetchSite } from "./fetch-site.ts";
import { DEFAULT_LIMITS, type WebLimits } from "./limits.ts";
import { type SiteError, toSiteError } from "./site-error.ts";

export interface WebProviderOptions {
  policy: OutboundPolicy;
  limits?: Partial<WebLimits>;
  resolver?: Resolver;
}

/** The built-in provider: reads each company's own public website. Needs no key and no configuration. */
export function createWebProvider(options: WebProviderOptions): Provider {
  const limits = { ...DEFAULT_LIMITS, ...options.limits };
  return {
    name: "web",
    async send(jobs, signal) {
      const outcomes = new Map<string, JobOutcome>();
      const queue = jobs.values();
      const worker = async () => {
        for (const job of queue) outcomes.set(job.id, await research(job, { ...options, limits }, signal));
      };
      await Promise.all(Array.from({ length: limits.sitesAtOnce }, worker));
      return outcomes;
    },
  };
}

async function research(
  job: ProviderJob,
  options: WebProviderOptions & { limits: WebLimits },
  signal: AbortSignal | undefined,
): Promise<JobOutcome> {
  if (signal?.aborted) return sliceOver();
  try {
    const site = await fetchSite(job.subject, job.stage, { ...options, ...(signal ? { signal } : {}) });
    const result: StageResult =
      job.stage === "company"
        ? { stage: "company", value: extractCompany(site) }
        : { stage: "contacts", value: extractContacts(site) };
    return { kind: "done", result };
  } catch (error) {
    if (signal?.aborted) return sliceOver();
    return toOutcome(toSiteError(error));
  }
}

function toOutcome(error: SiteError): JobOutcome {
  const { code, message: reason } = error;
  return error.passing
    ? { kind: "retry", afterMs: error.retryAfterMs, code, reason }
    : { kind: "failed", code, reason };
}

function sliceOver(): JobOutcome {
  return {
    kind: "retry",
    afterMs: 0,
    code: "slice_over",
    reason: "There was no time left for this company; it is next.",
  };
}
