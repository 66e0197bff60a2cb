import { readFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { companyResult, contactsResult } from "../../supabase/functions/_shared/contracts/research.ts";
import { parseAllowHosts } from "../../supabase/functions/_shared/outbound/policy.ts";
import type { CompanyJob, JobOutcome } from "../../supabase/functions/_shared/providers/provider.ts";
import { createWebProvider } from "../../supabase/functions/_shared/providers/web/provider.ts";
import { type ExpectedSite, expectedSchema } from "../fixtures/site-format.ts";
import { findSiteDirs, loadSite, type SiteServer, startSiteServer } from "../fixtures/site-server.ts";
import { type FieldScore, precision, recall, SetScore, table } from "./site-score.ts";

interface SiteRun {
  site: string;
  expected: ExpectedSite;
  company: JobOutcome;
  contacts: JobOutcome;
}

/** Slow fixtures answer after 20 s: this is far below that, and far above what a loopback page takes on a busy machine. */
const limits = { pageTimeoutMs: 6_000, sitesAtOnce: 4, busyMs: 60_000 };

/** Nothing may be tuned on the held-out sites: they are counted, never named. */
const SETS = ["tuned", "held-out"] as const;
const runs = new Map<string, SiteRun[]>();
const servers: SiteServer[] = [];

beforeAll(async () => {
  for (const set of SETS) {
    const dirs = await findSiteDirs(join(import.meta.dirname, "../fixtures/sites", set));
    const server = await startSiteServer(dirs);
    servers.push(server);
    runs.set(set, await research(dirs, server.port));
  }
});
afterAll(() => Promise.all(servers.map((server) => server.close())));

const runsOf = (set: string) => runs.get(set) ?? [];

function scoreOf(...sets: string[]): SetScore {
  const score = new SetScore();
  for (const run of sets.flatMap(runsOf)) {
    score.add(run.site, run.expected, { company: companyOf(run), contacts: contactsOf(run) });
  }
  return score;
}

describe.each(SETS)("the web provider on the %s sites", (set) => {
  const named = (run: SiteRun, what: string) => (set === "tuned" ? `${run.site}: ${what}` : "a site");

  it("ends every site as expected, with the expected reason for those that cannot be read", () => {
    const wrong = runsOf(set).filter(
      (run) => ending(run.company) !== (run.expected.error_code ?? "completed"),
    );
    expect(wrong.map((run) => named(run, ending(run.company)))).toEqual([]);
  });

  it("hands over results that keep the contract", () => {
    expect(runsOf(set).length).toBeGreaterThanOrEqual(10);
    for (const { company, contacts } of runsOf(set)) {
      if (company.kind === "done") companyResult.parse(company.result.value);
      if (contacts.kind === "done") contactsResult.parse(contacts.result.value);
    }
  });

  it("names the page that each value stands on", () => {
    const wrong: string[] = [];
    for (const run of runsOf(set)) {
      if (run.company.kind !== "done" || run.contacts.kind !== "done") continue;
      const stated = stateds(run);
      for (const [key, path] of Object.entries(run.expected.sources ?? {})) {
        const source = stated.get(key);
        if (source !== undefined && new URL(source).pathname !== path)
          wrong.push(named(run, `${key} ${source}`));
      }
    }
    expect(wrong).toEqual([]);
  });
});

/** What every field must reach on the tuned sites, and on all sites together. */
const GATE = { precision: 0.95, recall: 0.85 };
/** Of the held-out sites a single field has few values: one wrong profile of thirteen makes 0.923. */
const HELD_OUT_FIELD = { precision: 0.9, recall: 0.85 };

function below(gate: typeof GATE, fields: ReadonlyMap<string, FieldScore>): string[] {
  return [...fields]
    .filter(([, field]) => precision(field) < gate.precision || recall(field) < gate.recall)
    .map(([name]) => name);
}

describe("what the web provider finds of what sites state", () => {
  it("has a precision of at least 0.95 and a recall of at least 0.85 in every field", () => {
    const tuned = scoreOf("tuned");
    console.log(table("tuned", tuned.fields));
    for (const [field, { misses }] of tuned.fields)
      for (const miss of misses) console.log(`  ${field}: ${miss}`);
    const { fields } = scoreOf(...SETS);
    console.log(table("all sites", fields));
    expect(below(GATE, tuned.fields)).toEqual([]);
    expect(below(GATE, fields)).toEqual([]);
  });

  it("has them also on sites that nothing was tuned on, all fields together, and is near them in each", () => {
    const { fields } = scoreOf("held-out");
    console.log(table("held-out", fields));
    const all = { right: 0, extra: 0, missed: 0, misses: [] };
    for (const field of fields.values()) {
      all.right += field.right;
      all.extra += field.extra;
      all.missed += field.missed;
    }
    console.log(table("held-out", new Map([["all fields", all]])));
    expect(below(GATE, new Map([["all fields", all]]))).toEqual([]);
    expect(below(HELD_OUT_FIELD, fields)).toEqual([]);
  });
});

async function research(dirs: readonly string[], port: number): Promise<SiteRun[]> {
  const target = `127.0.0.1:${port}`;
  const policy = parseAllowHosts(`*.example=${target},*.test=${target},*.localhost=${target}`);
  const provider = createWebProvider({ policy, limits });
  const sites = await Promise.all(
    dirs.map(async (dir) => {
      const expected = expectedSchema.parse(JSON.parse(await readFile(join(dir, "expected.json"), "utf8")));
      return { site: basename(dir), host: (await loadSite(dir)).host, expected };
    }),
  );
  const jobs = (stage: CompanyJob["stage"]): CompanyJob[] =>
    sites.map(({ site, host }) => ({
      id: site,
      stage,
      subject: { company_id: site, name: site, domain: host, website: null },
      attempt: 1,
    }));
  const company = await provider.send(jobs("company"));
  const contacts = await provider.send(jobs("contacts"));
  return sites.map(({ site, expected }) => ({
    site,
    expected,
    company: outcome(company, site),
    contacts: outcome(contacts, site),
  }));
}

function outcome(outcomes: ReadonlyMap<string, JobOutcome>, id: string): JobOutcome {
  const found = outcomes.get(id);
  if (!found) throw new Error(`No outcome for ${id}`);
  return found;
}

function ending(result: JobOutcome): string {
  if (result.kind === "failed" || result.kind === "retry") return result.code;
  return result.kind === "done" ? "completed" : result.kind;
}

function companyOf({ company }: SiteRun) {
  return company.kind === "done" && company.result.stage === "company" ? company.result.value : null;
}

function contactsOf({ contacts }: SiteRun) {
  return contacts.kind === "done" && contacts.result.stage === "contacts" ? contacts.result.value : null;
}

/** The page of each value, by the keys that `expected.json` uses in `sources`. */
function stateds({ company, contacts }: Pick<SiteRun, "company" | "contacts">): Map<string, string> {
  const sources = new Map<string, string>();
  if (company.kind === "done" && company.result.stage === "company") {
    const { name, description, address, industry, phones, emails } = company.result.value;
    for (const [key, value] of Object.entries({ name, description, address }))
      if (value) sources.set(`company.${key}`, value.source);
    for (const [key, values] of Object.entries({ industry, phone: phones, emails })) {
      const [first] = values;
      if (first) sources.set(`company.${key}`, first.source);
      for (const each of values) sources.set(`company.${key}.${each.value}`, each.source);
    }
  }
  if (contacts.kind === "done" && contacts.result.stage === "contacts") {
    for (const contact of contacts.result.value.contacts)
      sources.set(`contacts.${contact.name}`, contact.source);
  }
  return sources;
}
