import { spawn } from "node:child_process";
import { projectDir } from "./arguments.ts";

/** Runs a program of node_modules/.bin or the PATH in the project, with its output on ours. Gives its exit code. */
export function run(program: string, args: string[], environment: NodeJS.ProcessEnv = {}): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      cwd: projectDir,
      stdio: ["ignore", "inherit", "inherit"],
      env: {
        ...process.env,
        PATH: `${projectDir}/node_modules/.bin:${process.env.PATH}`,
        SUPABASE_TELEMETRY_DISABLED: "1",
        ...environment,
      },
    });
    child.once("error", reject);
    child.once("close", (code) => resolve(code ?? 1));
  });
}

/** Runs one of our own scripts under tsx. */
export function runScript(name: string, args: string[] = []): Promise<number> {
  return run(process.execPath, ["--import", "tsx", `scripts/${name}`, ...args]);
}
