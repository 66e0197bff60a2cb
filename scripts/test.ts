/** `npm test`: checks, unit, local, db, api, e2e, chaos; or only those named. Ends with the line "N passed, N failed". */
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { findBrowser, howToGetABrowser } from "../tests/e2e/browser.ts";
import { checks, runChecks } from "./check.ts";
import { run } from "./command.ts";

interface Result {
  passed: number;
  failed: number;
}

const reports = await mkdtemp(join(tmpdir(), "aim-test-"));

async function runChecked(): Promise<Result> {
  const failed = await runChecks();
  return { passed: Object.keys(checks).length - failed.length, failed: failed.length };
}

/** All that run on Vitest in one run, which keeps every processor busy until the last of them is done. */
async function runVitest(projects: readonly string[]): Promise<Result> {
  const file = join(reports, "vitest.json");
  const code = await run("vitest", [
    "run",
    ...projects.map((project) => `--project=${project}`),
    "--reporter=default",
    "--reporter=json",
    `--outputFile=${file}`,
  ]);
  const report: { numPassedTests: number; numFailedTests: number } = JSON.parse(await readFile(file, "utf8"));
  // A file that cannot be loaded fails the run without a failed test.
  return { passed: report.numPassedTests, failed: Math.max(report.numFailedTests, code === 0 ? 0 : 1) };
}

async function runBrowser(): Promise<Result> {
  if (!(await findBrowser())) {
    console.log(howToGetABrowser);
    return { passed: 0, failed: process.env.CI ? 1 : 0 };
  }
  const file = join(reports, "e2e.json");
  const code = await run("playwright", ["test", "--config", "tests/e2e/playwright.config.ts"], {
    PLAYWRIGHT_JSON_OUTPUT_FILE: file,
  });
  const { stats }: { stats: { expected: number; unexpected: number } } = JSON.parse(
    await readFile(file, "utf8"),
  );
  return { passed: stats.expected, failed: Math.max(stats.unexpected, code === 0 ? 0 : 1) };
}

/** A short run of `npm run test:chaos`. */
async function runChaos(): Promise<Result> {
  const short = ["--jobs", "5000", "--kills", "10", "--restarts", "2", "--stall", "5000"];
  const code = await run("tsx", ["tests/chaos/run.ts", ...short]);
  return { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1 };
}

const VITEST = ["unit", "local", "db", "api"];
const SUITES = ["check", ...VITEST, "e2e", "chaos"];

const named = process.argv.slice(2);
const unknown = named.find((name) => !SUITES.includes(name));
if (unknown !== undefined) {
  console.error(`There is no suite "${unknown}". There are: ${SUITES.join(", ")}.`);
  process.exit(1);
}
const wanted = SUITES.filter((name) => named.length === 0 || named.includes(name));
const projects = wanted.filter((name) => VITEST.includes(name));

const total: Result = { passed: 0, failed: 0 };
async function runSuite(title: string, suite: () => Promise<Result>): Promise<void> {
  console.log(`\n── ${title}`);
  const { passed, failed } = await suite();
  total.passed += passed;
  total.failed += failed;
}

if (wanted.includes("check")) await runSuite("check", runChecked);
if (projects.length > 0) await runSuite(projects.join(", "), () => runVitest(projects));
if (wanted.includes("e2e")) await runSuite("e2e", runBrowser);
if (wanted.includes("chaos")) await runSuite("chaos", runChaos);
await rm(reports, { recursive: true, force: true });
console.log(`\n${total.passed} passed, ${total.failed} failed`);
process.exitCode = total.failed > 0 ? 1 : 0;
