import { join } from "node:path";
import { parseArgs } from "node:util";

/** What `npm start` was asked to do. */
export interface StartArguments {
  port: number;
  dataDir: string;
  isDemo: boolean;
  isReset: boolean;
}

export const projectDir = join(import.meta.dirname, "..");

/** Reads the command line and AIM_PORT, AIM_DATA_DIR. Throws an Error that says what is wrong with it. */
export function readArguments(args: string[], environment: NodeJS.ProcessEnv): StartArguments {
  const { values } = parseArgs({
    args,
    options: { port: { type: "string" }, demo: { type: "boolean" }, reset: { type: "boolean" } },
  });
  const port = values.port ?? environment.AIM_PORT ?? "54321";
  if (!/^\d{1,5}$/.test(port) || Number(port) > 65_535) {
    throw new Error(`"${port}" is not a port: give a number from 1 to 65535, for example --port 54321.`);
  }
  return {
    port: Number(port),
    dataDir: environment.AIM_DATA_DIR || join(projectDir, ".local"),
    isDemo: values.demo ?? false,
    isReset: values.reset ?? false,
  };
}
