import { chmod, mkdir, readdir, stat, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { openDataDirectory } from "../src/data-directory/data-directory.ts";
import { checkFreeSpace, minimumFreeBytes } from "../src/data-directory/free-space.ts";
import { lockDirectory } from "../src/data-directory/lock.ts";
import { checkNodeVersion } from "../src/node-version.ts";
import { checkReachable } from "../src/postgres/os-user.ts";
import { explain, StackError } from "../src/stack-error.ts";
import { directoryForTest, projectForTest, spawnStack, writeProjectFile } from "./stack-support.ts";

async function takePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void server.close());
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  return address.port;
}

test("a taken port is named in one line, with exit code 1", async () => {
  const port = await takePort();
  const stack = spawnStack({ dataDir: await directoryForTest(), port });
  expect(await stack.ended).toBe(1);
  expect(stack.lines).toEqual([
    `Port ${port} is taken: stop what uses it, or choose another one with --port.`,
  ]);
});

test("a second stack on one data directory is refused and the first goes on", async () => {
  const dataDir = await directoryForTest();
  const first = spawnStack({ dataDir });
  const { url, pid } = await first.ready;
  const second = spawnStack({ dataDir });
  expect(await second.ended).toBe(1);
  expect(second.lines).toHaveLength(1);
  expect(second.lines[0]).toContain(`in use by another stack (process ${pid})`);
  expect((await fetch(`${url}/config.json`)).status).toBe(200);
});

test("a failing migration is named with Postgres' message, and correcting it is enough", async () => {
  const [dataDir, projectDir] = [await directoryForTest(), await projectForTest()];
  await writeProjectFile(projectDir, "migrations/20260102000000_bad.sql", "select 1;\nselect 1/0;");
  const failed = spawnStack({ dataDir, projectDir });
  expect(await failed.ended).toBe(1);
  expect(failed.lines.at(-1)).toBe(
    "Migration 20260102000000_bad.sql failed, statement 2: ERROR: division by zero (SQLSTATE 22012). " +
      "Those before it were kept; correct it and start again.",
  );
  await writeProjectFile(projectDir, "migrations/20260102000000_bad.sql", "select 1;");
  await spawnStack({ dataDir, projectDir }).ready;
});

test("a data directory that is a file is refused with its name", async () => {
  const path = join(await directoryForTest(), "file");
  await writeFile(path, "");
  await expect(openDataDirectory(join(path, "data"))).rejects.toThrow(StackError);
  await expect(openDataDirectory(join(path, "data"))).rejects.toThrow(path);
});

test("damaged keys are reported and not replaced", async () => {
  const dataDir = await directoryForTest();
  await writeFile(join(dataDir, "keys.json"), "{");
  await expect(openDataDirectory(dataDir)).rejects.toThrow(/keys\.json is damaged/);
  expect((await stat(join(dataDir, "keys.json"))).size).toBe(1);
});

test("a full disk is said to be full", async () => {
  const error: unknown = await writeFile("/dev/full", "x").catch((reason: unknown) => reason);
  expect(explain(error, "/data")).toEqual(
    new StackError("The disk that holds /data is full: free some space and start again."),
  );
});

test("less than 200 MB free is refused in one line, 200 MB are enough", () => {
  const disk = (bavail: number) => () => checkFreeSpace({ bavail, bsize: 4000 }, "/data", minimumFreeBytes);
  expect(disk(49_999)).toThrow(
    new StackError(
      "Less than 200 MB are free on the disk that holds /data: free some space and start again.",
    ),
  );
  expect(disk(50_000)).not.toThrow();
});

test("a disk with too little space is refused before anything is left on it", async () => {
  const dataDir = await directoryForTest();
  await expect(openDataDirectory(dataDir, 1e18)).rejects.toThrow(
    `are free on the disk that holds ${dataDir}: free some space`,
  );
  expect(await readdir(dataDir)).toEqual([]);
});

test("a directory without permission is named", () => {
  const denied = Object.assign(new Error("denied"), { code: "EACCES" });
  expect(String(explain(denied, "/data"))).toContain("No permission to read or write /data");
});

test("an old Node is refused", () => {
  expect(() => checkNodeVersion("20.18.3")).toThrow("Node 20.18.3 is too old: install Node 20.19 or newer.");
  expect(() => checkNodeVersion("18.20.0")).toThrow(StackError);
  for (const version of ["20.19.0", "22.0.0", "24.1.2"])
    expect(() => checkNodeVersion(version)).not.toThrow();
});

test("a parent that the database's user may not enter is named", async () => {
  const parent = join(await directoryForTest(), "closed");
  await mkdir(join(parent, "data"), { recursive: true });
  await chmod(parent, 0o700);
  const other = { uid: 65_534, gid: 65_534 };
  await expect(checkReachable(join(parent, "data"), other)).rejects.toThrow(
    `may not enter ${parent}: run "chmod o+x`,
  );
});

test("the lock of a process that is gone, or whose number another one has, does not block", async () => {
  const directory = await directoryForTest();
  // This process has the number, but did not start then.
  for (const holder of ["999999999\n1\n", `${process.pid}\n1\n`, ""]) {
    await writeFile(join(directory, "lock.7"), holder);
    const release = await lockDirectory(directory);
    await expect(lockDirectory(directory)).rejects.toThrow(`process ${process.pid}`);
    await release();
    expect(await readdir(directory)).toEqual([]);
  }
});

test("of several that want a stale lock at once, one gets it, however often that happens", async () => {
  const directory = await directoryForTest();
  for (let round = 0; round < 20; round++) {
    await writeFile(join(directory, "lock.1"), "999999999\n1\n");
    const attempts = await Promise.allSettled(Array.from({ length: 10 }, () => lockDirectory(directory)));
    const releases = attempts.flatMap((attempt) => (attempt.status === "fulfilled" ? [attempt.value] : []));
    expect(releases).toHaveLength(1);
    await releases[0]?.();
  }
});
