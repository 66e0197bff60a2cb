/**
 * How old the progress is that a browser shows: the pipeline bench's companies, stages and receivers, researched by the whole product (edge functions, realtime, the built app), while Chromium
 * shows the run. What is on the screen is compared with what the database had counted: shown progress grows old from the moment on at which there was more.
 */
import { setTimeout as delay } from "node:timers/promises";
import { chromium, type Page } from "@playwright/test";
import postgres from "postgres";
import { buildApp } from "../../scripts/app-build.ts";
import { browserArguments, findBrowser, howToGetABrowser } from "../../tests/e2e/browser.ts";
import { signIn } from "../../tests/e2e/pages/account.ts";
import { importCompanies } from "../../tests/support/campaigns.ts";
import { openProduct, type Product } from "../../tests/support/product.ts";
import { until } from "../../tests/support/until.ts";
import type { Bench } from "../bench.ts";
import { rounded } from "../measure.ts";
import { startReceiver } from "../tenants.ts";

const COMPANIES = 2_000;
const SERVICE_MS = 2_000;
const CAPACITY = { company: 40, financials: 25, contacts: 15 };
type Stage = keyof typeof CAPACITY;
const STAGES: Stage[] = ["company", "financials", "contacts"];
const SAMPLE_MS = 50;

/** Finished jobs of a stage, as of a moment in ms since 1970. */
interface Sample {
  at: number;
  stage: string;
  done: number;
}

const progress: Bench = async () => {
  const executablePath = await findBrowser();
  if (!executablePath) throw new Error(howToGetABrowser);
  const appDir = await buildApp(console.log);
  const receiver = await startReceiver(answerInTime());
  const { host } = new URL(receiver.url("/"));
  const product = await openProduct({ siteRoots: [], appDir, allowHosts: [`hooks.example=${host}`] });
  const browser = await chromium.launch({ executablePath, args: browserArguments });
  const sql = postgres(product.stack.dbUrl, { max: 2, prepare: false, onnotice: () => {} });
  try {
    const page = await browser.newPage({ baseURL: product.stack.url });
    const { campaign, start } = await makeCampaign(product, page);
    const run = await start();
    await page.goto(`/c/${campaign}/research/${run}`);
    await page.getByRole("progressbar", { name: "Company" }).waitFor();
    const screen = await watchScreen(page);
    const counted = watchCounters(sql, run);
    const started = Date.now();
    await until("the run ends", async () => hasEnded(sql, run), 600_000);
    const seconds = (Date.now() - started) / 1000;
    await delay(5_000); // the last of it is to be shown as well
    const ages = agesOf(await screen.stop(), await counted.stop());
    return {
      progress_age_s: rounded(Math.max(...ages) / 1000),
      updates: ages.length,
      seconds: rounded(seconds),
    };
  } finally {
    await browser.close();
    await sql.end();
    await product.close();
    receiver.close();
  }
};
export default progress;

/** A receiver for each stage that takes so many requests at once. */
function answerInTime() {
  const serving: Record<string, number> = {};
  return async (path: string): Promise<boolean> => {
    const stage = STAGES.find((one) => path === `/${one}`) ?? "company";
    if ((serving[stage] ?? 0) >= CAPACITY[stage]) return false;
    serving[stage] = (serving[stage] ?? 0) + 1;
    await delay(SERVICE_MS);
    serving[stage] -= 1;
    return true;
  };
}

/** A campaign of companies with an integration for each stage, of whoever is signed in on the page. */
async function makeCampaign({ signUp }: Product, page: Page) {
  const { client, workspaceId, email } = await signUp("bench");
  const rows = Array.from({ length: COMPANIES }, (_, n) => ({ name: `Company ${n}` }));
  const campaign = await importCompanies(client, workspaceId, rows);
  const providers: Record<string, string> = {};
  for (const stage of STAGES) {
    const settings = {
      kind: "webhook" as const,
      url: `http://hooks.example/${stage}`,
      batch_size: 10,
      max_in_flight: CAPACITY[stage],
    };
    const { data } = await client
      .from("integrations")
      .insert({ workspace_id: workspaceId, name: stage, ...settings })
      .select("id")
      .single()
      .throwOnError();
    providers[stage] = data.id;
  }
  await signIn(page, email);
  return {
    campaign,
    async start(): Promise<string> {
      const { data } = await client
        .rpc("start_research", { campaign_id: campaign, stages: STAGES, options: { providers } })
        .throwOnError();
      return (data as { run: { id: string } }).run.id; // the generated type only knows that it is JSON
    },
  };
}

/** Notes what the progress bars of the run's page say, whenever that changes. */
async function watchScreen(page: Page) {
  await page.evaluate((sampleMs) => {
    const seen: Sample[] = [];
    const shown = new Map<string, number>();
    Object.assign(window, { seenProgress: seen });
    setInterval(() => {
      for (const bar of document.querySelectorAll("[role=progressbar]")) {
        const stage = bar.getAttribute("aria-label")?.toLowerCase() ?? "";
        const done = Number(bar.getAttribute("aria-valuenow"));
        if (shown.get(stage) === done) continue;
        shown.set(stage, done);
        seen.push({ at: Date.now(), stage, done });
      }
    }, sampleMs);
  }, SAMPLE_MS);
  // It was put there above.
  const read = () => (window as unknown as { seenProgress: Sample[] }).seenProgress;
  return { stop: () => page.evaluate(read) };
}

/** Notes what the database counts, whenever that changes. */
function watchCounters(sql: postgres.Sql, run: string) {
  const seen: Sample[] = [];
  const last = new Map<string, number>();
  let isOver = false;
  const look = async () => {
    while (!isOver) {
      const rows = await sql<{ stage: string; done: number }[]>`
        select stage, sum(jobs)::int as done from public.research_run_counters where run_id = ${run} and status in ('completed', 'failed') group by stage`;
      for (const { stage, done } of rows) {
        if (last.get(stage) === done) continue;
        last.set(stage, done);
        seen.push({ at: Date.now(), stage, done });
      }
      await delay(SAMPLE_MS);
    }
  };
  const looking = look();
  return {
    async stop(): Promise<Sample[]> {
      isOver = true;
      await looking;
      return seen;
    },
  };
}

async function hasEnded(sql: postgres.Sql, run: string): Promise<boolean> {
  const [row] = await sql`select status = 'completed' as ended from public.research_runs where id = ${run}`;
  return row?.ended;
}

/** How old, in ms, each shown number was when it was replaced: since when the database had counted more. Throws if the last one was never shown. */
function agesOf(shown: readonly Sample[], counted: readonly Sample[]): number[] {
  return STAGES.flatMap((stage) => {
    const onScreen = shown.filter((one) => one.stage === stage);
    if (onScreen.at(-1)?.done !== COMPANIES) throw new Error(`the screen never showed all of ${stage}`);
    return onScreen.slice(1).map(({ at }, place) => {
      const before = onScreen[place]?.done ?? 0;
      const more = counted.find((one) => one.stage === stage && one.done > before);
      return more ? Math.max(0, at - more.at) : 0;
    });
  });
}
