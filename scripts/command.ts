import { spawn } from "node:child_process";
import { projectDir } from "./arguments.ts";

const optionsOf = (environment: NodeJS.ProcessEnv) => ({
  cwd: projectDir,
  env: {
    ...process.env,
    PATH: `${projectDir}/node_modules/.bin:${process.env.PATH}`,
    SUPABASE_TELEMETRY_DISABLED: "1",
    ...environment,
  },
});

/** Runs a program of node_modules/.bin or the PATH in the project, with its output on ours. Gives its exit code. */
export function run(program: string, args: string[], environment: NodeJS.ProcessEnv = {}): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      ...optionsOf(environment),
      stdio: ["ignore", "inherit", "inherit"],
    });
    child.once("error", reject);
    child.once("close", (code) => resolve(code ?? 1));
  });
}

/** As `run`, but keeps the output, so that programs that run together do not talk at once. */
export function runQuietly(program: string, args: string[]): Promise<{ code: number; output: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { ...optionsOf({}), stdio: ["ignore", "pipe", "pipe"] });
    let output = "";
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding("utf8").on("data", (text: string) => {
        output += text;
      });
    }
    child.once("error", reject);
    child.once("close", (code) => resolve({ code: code ?? 1, output }));
  });
}
