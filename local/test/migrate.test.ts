import { readdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import fc from "fast-check";
import pg from "pg";
import { expect, test } from "vitest";
import { supabaseCli } from "../src/migrate/cli.ts";
import { compareMigrations, type MigrationFile } from "../src/migrate/compare.ts";
import { startDatabase } from "../src/postgres/database.ts";
import { directoryForTest, eventually, projectForTest, writeProjectFile } from "./stack-support.ts";

const file = (version: string, sha256 = `hash of ${version}`): MigrationFile => ({
  version,
  name: `${version}_name.sql`,
  sha256,
});
const applied = (files: MigrationFile[]) => new Map(files.map(({ version, sha256 }) => [version, sha256]));

test("whatever was applied first, exactly the later files are pending, in order", () => {
  const versions = fc.uniqueArray(fc.integer({ min: 20200101, max: 20991231 }).map(String), {
    maxLength: 20,
  });
  fc.assert(
    fc.property(versions, fc.nat(20), (all, count) => {
      const sorted = all.toSorted().map((version) => file(version));
      const done = sorted.slice(0, count);
      const shuffled = sorted.toReversed();
      expect(compareMigrations(shuffled, applied(done))).toEqual(sorted.slice(count));
    }),
  );
});

test("a changed, a removed, a late and a repeated migration are each named", () => {
  const [one, two] = [file("1"), file("2")];
  const reset = 'run "npm start -- --reset"';
  const changed = () => compareMigrations([file("1", "other"), two], applied([one, two]));
  expect(changed).toThrow(
    `Migration 1_name.sql has changed since this data directory was built from it: ${reset}`,
  );
  expect(() => compareMigrations([two], applied([one, two]))).toThrow("Migration 1 was applied");
  expect(() => compareMigrations([one, two], applied([two]))).toThrow("Migration 1_name.sql comes before");
  expect(() => compareMigrations([one, file("1", "x")], new Map())).toThrow(
    "Two migrations have the version 1",
  );
});

test("an applied migration whose hash is unknown counts as changed", () => {
  expect(() => compareMigrations([file("1")], new Map([["1", null]]))).toThrow("has changed");
});

test("a data directory follows its project: later migrations are applied, edited ones refused, seeds run once", async () => {
  const [dataDir, projectDir] = [await directoryForTest(), await projectForTest()];
  const start = () => startDatabase({ projectDir, dataDir });
  const bodies = async () => {
    const database = await start();
    const client = new pg.Client({ connectionString: database.dbUrl });
    await client.connect();
    const { rows } = await client.query<{ body: string }>("select body from public.notes order by id");
    await client.end();
    await database.stop();
    return rows.map((row) => row.body);
  };
  expect(await bodies()).toEqual(["seeded"]);

  const later = "20260201000000_later.sql";
  await writeProjectFile(
    projectDir,
    `migrations/${later}`,
    "insert into public.notes (body) values ('later');",
  );
  await writeProjectFile(projectDir, "seed.sql", "insert into public.notes (body) values ('again');");
  expect(await bodies()).toEqual(["seeded", "later"]);

  await writeProjectFile(projectDir, `migrations/${later}`, "select 1;");
  await expect(start()).rejects.toThrow(`Migration ${later} has changed`);
  await rm(join(projectDir, "supabase", "migrations", later));
  await expect(start()).rejects.toThrow("its file is gone");
});

test.runIf(process.platform === "linux")("the database password is on no command line", async () => {
  const projectDir = await projectForTest();
  const url = "postgres://postgres:hunter2hunter2@127.0.0.1:1/postgres";
  let ended = false;
  const result = supabaseCli(projectDir, ["migration", "list"], url).finally(() => {
    ended = true;
  });
  const lines = await eventually(async () => {
    const pids = (await readdir("/proc")).filter((name) => /^\d+$/.test(name));
    const all = await Promise.all(
      pids.map((pid) => readFile(`/proc/${pid}/cmdline`, "utf8").catch(() => "")),
    );
    const ours = all.filter((line) => line.includes("127.0.0.1:1/postgres"));
    return ours.length > 0 && ours;
  });
  expect(ended).toBe(false);
  expect(lines.filter((line) => line.includes("hunter2hunter2"))).toEqual([]);
  expect((await result).code).not.toBe(0);
});

test("a seed that fails leaves nothing of itself and is tried again", async () => {
  const [dataDir, projectDir] = [await directoryForTest(), await projectForTest()];
  const seed = "insert into public.notes (body) values ('half');";
  await writeProjectFile(projectDir, "seed.sql", `${seed} select 1/0;`);
  await expect(startDatabase({ projectDir, dataDir })).rejects.toThrow(
    "supabase/seed.sql failed: division by zero",
  );
  await writeProjectFile(projectDir, "seed.sql", seed);
  const database = await startDatabase({ projectDir, dataDir });
  const client = new pg.Client({ connectionString: database.dbUrl });
  await client.connect();
  const { rows } = await client.query("select body, created_by from public.notes");
  expect(rows).toEqual([{ body: "half", created_by: "postgres" }]);
  await client.end();
  await database.stop();
});
