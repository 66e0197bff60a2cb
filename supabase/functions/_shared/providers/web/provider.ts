import type { OutboundPolicy } from "../../outbound/policy.ts";
import type { ProxyPool } from "../../outbound/proxy-pool.ts";
import type { Resolver } from "../../outbound/target.ts";
import type { JobOutcome, Provider, ProviderJob, StageResult } from "../provider.ts";
import { readSource } from "../source/read-source.ts";
import { extractCompany } from "./company.ts";
import { extractContacts } from "./contacts.ts";
import { fetchSite, type SitePages, type SiteStage } from "./fetch-site.ts";
import { DEFAULT_LIMITS, type WebLimits } from "./limits.ts";
import { type SiteError, toSiteError } from "./site-error.ts";
import { Stopwatch } from "./stopwatch.ts";

export interface WebProviderOptions {
  policy: OutboundPolicy;
  /** What sites are read through; without, they are read from here. */
  proxies?: ProxyPool | undefined;
  limits?: Partial<WebLimits>;
  resolver?: Resolver;
}

/** The built-in provider: reads each company's own public website, and lists of companies. Needs no key and no configuration. */
export function createWebProvider(options: WebProviderOptions): Provider {
  const limits = { ...DEFAULT_LIMITS, ...options.limits };
  return {
    name: "web",
    async send(jobs, signal) {
      const outcomes = new Map<string, JobOutcome>();
      const stopwatch = new Stopwatch();
      const queue = jobs.values();
      const worker = async () => {
        for (const job of queue) {
          const isOver = signal?.aborted || stopwatch.busyMs > limits.busyMs;
          const outcome = isOver
            ? sliceOver()
            : await research(job, { ...options, limits, stopwatch }, signal);
          outcomes.set(job.id, outcome);
        }
      };
      await Promise.all(Array.from({ length: limits.sitesAtOnce }, worker));
      return outcomes;
    },
  };
}

async function research(
  job: ProviderJob,
  options: WebProviderOptions & { limits: WebLimits; stopwatch: Stopwatch },
  signal: AbortSignal | undefined,
): Promise<JobOutcome> {
  const { stage, subject } = job;
  if (stage === "financials" || stage === "enrich" || stage === "sync") return NEEDS_INTEGRATION;
  try {
    if (stage === "discover") {
      const context = { ...options, signal: signal ?? new AbortController().signal, robots: new Map() };
      const value = await readSource({ ...subject, source: job.source }, context);
      return { kind: "done", result: { stage, value } };
    }
    const site = await fetchSite(subject, stage, { ...options, ...(signal ? { signal } : {}) });
    const result = options.stopwatch.time(() => extract(stage, site));
    return { kind: "done", result };
  } catch (error) {
    if (signal?.aborted) return sliceOver();
    return toOutcome(toSiteError(error));
  }
}

function extract(stage: SiteStage, site: SitePages): StageResult {
  return stage === "company"
    ? { stage, value: extractCompany(site) }
    : { stage, value: extractContacts(site) };
}

const NEEDS_INTEGRATION: JobOutcome = {
  kind: "failed",
  code: "stage_needs_integration",
  reason: "The web researcher does not do this stage. Choose an integration for it.",
};

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
