import { randomBytes } from "node:crypto";
import postgres from "postgres";
import { type Stack, type StackOptions, startStack } from "../local/src/stack.ts";
import { projectDir } from "./arguments.ts";
import { integrationKeys } from "./integration-keys.ts";

export interface ProductOptions extends Omit<StackOptions, "projectDir" | "functionsEnv"> {
  /** Further environment of the edge functions. */
  functionsEnv?: Record<string, string>;
}

/** The embedded stack with this product on it: its migrations and functions, and the research engine's doorbell set up. */
export async function startProduct(options: ProductOptions): Promise<Stack> {
  const token = randomBytes(32).toString("base64url");
  const stack = await startStack({
    ...options,
    projectDir,
    functionsEnv: (url) => ({
      APP_URL: url,
      PUBLIC_URL: url,
      INTEGRATION_KEYS: integrationKeys(options.dataDir),
      ...options.functionsEnv,
      RESEARCH_DISPATCH_TOKEN: token,
    }),
  });
  try {
    await setDoorbell(stack.dbUrl, `${stack.url}/functions/v1/research-dispatch`, token);
    return stack;
  } catch (error) {
    await stack.stop();
    throw error;
  }
}

/** The two Vault entries of docs/deploy.md, renewed on each start. */
async function setDoorbell(dbUrl: string, url: string, token: string): Promise<void> {
  const sql = postgres(dbUrl, { max: 1, onnotice: () => {} });
  try {
    for (const [name, secret] of [
      ["research_dispatch_url", url],
      ["research_dispatch_token", token],
    ] as const) {
      const [known] = await sql<{ id: string }[]>`select id from vault.secrets where name = ${name}`;
      if (known) await sql`select vault.update_secret(${known.id}, ${secret})`;
      else await sql`select vault.create_secret(${secret}, ${name})`;
    }
  } finally {
    await sql.end();
  }
}
