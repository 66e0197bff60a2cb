import { spawn } from "node:child_process";
import { mkdir, mkdtemp, readdir, rm, symlink } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { StackError } from "../stack-error.ts";

export interface CliResult {
  code: number | null;
  stdout: string;
  stderr: string;
}

/** The program inside the supabase package that the project depends on. */
function findCli(projectDir: string): string {
  const platform = process.platform === "win32" ? "windows" : process.platform;
  const extension = process.platform === "win32" ? ".exe" : "";
  let cause: unknown;
  for (const libc of ["", "-musl"]) {
    try {
      const cli = createRequire(join(projectDir, "package.json")).resolve("supabase/package.json");
      const binary = createRequire(cli).resolve(
        `@supabase/cli-${platform}-${process.arch}${libc}/package.json`,
      );
      return join(dirname(binary), "bin", `supabase${extension}`);
    } catch (error) {
      cause = error;
    }
  }
  throw new StackError(`The supabase CLI is not installed in ${projectDir}: run npm install there.`, {
    cause,
  });
}

/**
 * Runs the Supabase CLI on a database, without telemetry and without the user's own settings or login. The password
 * goes through the environment, because any user of the machine can read a command line.
 */
export async function supabaseCli(projectDir: string, args: string[], dbUrl: string): Promise<CliResult> {
  const remote = new URL(dbUrl);
  const password = decodeURIComponent(remote.password);
  remote.password = "";
  remote.searchParams.set("sslmode", "disable");
  const home = await mkdtemp(join(tmpdir(), "supabase-cli-"));
  try {
    await linkProject(projectDir, home);
    return await new Promise((resolve, reject) => {
      const child = spawn(findCli(projectDir), [...args, `--remote=${remote}`, `--workdir=${home}`], {
        env: {
          HOME: home,
          PATH: process.env.PATH,
          PGPASSWORD: password,
          SUPABASE_TELEMETRY_DISABLED: "1",
          NO_COLOR: "1",
        },
        stdio: ["ignore", "pipe", "pipe"],
      });
      const result = { stdout: "", stderr: "" };
      child.stdout.setEncoding("utf8").on("data", (text) => {
        result.stdout += text;
      });
      child.stderr.setEncoding("utf8").on("data", (text) => {
        result.stderr += text;
      });
      child.once("error", reject);
      child.once("close", (code) => resolve({ code, ...result }));
    });
  } finally {
    await rm(home, { recursive: true, force: true });
  }
}

/** The CLI leaves files of its own beside what it reads: it works on links to the project's supabase folder. */
async function linkProject(projectDir: string, workdir: string): Promise<void> {
  const source = join(projectDir, "supabase");
  const names = (await readdir(source)).filter((name) => !name.startsWith("."));
  await mkdir(join(workdir, "supabase"));
  for (const name of names) await symlink(join(source, name), join(workdir, "supabase", name));
}
