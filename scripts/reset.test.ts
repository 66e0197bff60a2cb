import { mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { openDataDirectory } from "../local/src/data-directory/data-directory.ts";
import { resetData } from "./reset.ts";

let dataDir: string;
const silent = () => {};

beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), "aim-reset-"));
});
afterEach(() => rm(dataDir, { recursive: true, force: true }));

test("starting over removes what a stack keeps and nothing else that is in the directory", async () => {
  const { release } = await openDataDirectory(dataDir);
  await release();
  for (const folder of ["postgres", "storage", "logs", "Documents"]) {
    await mkdir(join(dataDir, folder));
    await writeFile(join(dataDir, folder, "file"), "x");
  }
  await writeFile(join(dataDir, "thesis.txt"), "years of work");
  await resetData(dataDir, silent);
  const left = (await readdir(dataDir)).filter((name) => !name.startsWith("lock"));
  expect(left.sort()).toEqual(["Documents", "thesis.txt"]);
});

test("a directory that never held a stack is left alone", async () => {
  await mkdir(join(dataDir, "postgres"));
  await resetData(dataDir, silent);
  expect(await readdir(dataDir)).toEqual(["postgres"]);
});

test("a directory that a stack is using is refused", async () => {
  const { release } = await openDataDirectory(dataDir);
  await expect(resetData(dataDir, silent)).rejects.toThrow(/running|in use|stop/i);
  await release();
});
