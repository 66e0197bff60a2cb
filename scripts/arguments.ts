import { join } from "node:path";
import { parseArgs } from "node:util";
import { StackError } from "../local/src/stack-error.ts";

/** What `npm start` was asked to do. */
export interface StartArguments {
  port: number;
  dataDir: string;
  isDemo: boolean;
  isReset: boolean;
}

export const projectDir = join(import.meta.dirname, "..");

/** Reads the command line and AIM_PORT, AIM_DATA_DIR. Throws a StackError that says what is wrong with it. */
export function readArguments(args: string[], environment: NodeJS.ProcessEnv): StartArguments {
  const values = parse(args);
  const port = values.port ?? (environment.AIM_PORT || "54321");
  if (!/^\d{1,5}$/.test(port) || Number(port) > 65_535) {
    throw new StackError(`"${port}" is not a port: give a number from 1 to 65535, for example --port 54321.`);
  }
  return {
    port: Number(port),
    dataDir: environment.AIM_DATA_DIR || join(projectDir, ".local"),
    isDemo: values.demo ?? false,
    isReset: values.reset ?? false,
  };
}

/** Settings of docs/deploy.md that an installation on a laptop may have too, as they are in the environment. */
export function readSettings(environment: NodeJS.ProcessEnv): Record<string, string> {
  const names = ["INTEGRATION_KEYS", "OUTBOUND_ALLOW_HOSTS", "OUTBOUND_PROXIES", "PUBLIC_URL"];
  return Object.fromEntries(names.flatMap((name) => (environment[name] ? [[name, environment[name]]] : [])));
}

function parse(args: string[]) {
  try {
    const options = {
      port: { type: "string" },
      demo: { type: "boolean" },
      reset: { type: "boolean" },
    } as const;
    return parseArgs({ args, options }).values;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new StackError(`${reason.replace(/\.?$/, ".")} There are --port N, --demo and --reset.`);
  }
}
