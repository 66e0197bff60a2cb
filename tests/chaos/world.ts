/** What the chaos happens to: a database with a campaign under research by one integration. */
import { randomUUID } from "node:crypto";
import type postgres from "postgres";
import { parseKeyRing } from "../../supabase/functions/_shared/integrations/key-ring.ts";
import { sealSecret } from "../../supabase/functions/_shared/integrations/secret-box.ts";

export type Sql = postgres.Sql;
export type Random = () => number;

/** Short, so that a death is noticed soon. */
export const LEASE_SECONDS = 8;
/** Jobs in a request. */
export const BATCH_SIZE = 10;
export const INTEGRATION_KEYS = `k1:${Buffer.alloc(32, 7).toString("base64")}`;

/** A generator of numbers from 0 to 1 that gives the same ones for the same seed (mulberry32). */
export function seeded(seed: number): Random {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

export interface World {
  owner: string;
  campaign: string;
  integration: string;
  run: string;
}

/** A campaign of so many companies whose research at two stages has just been started. */
export async function makeWorld(
  sql: Sql,
  admin: Sql,
  companies: number,
  url: string,
  secret: string,
): Promise<World> {
  const owner = randomUUID();
  await admin`insert into auth.users (id, email, email_confirmed_at) values (${owner}, 'owner@chaos.example', now())`;
  const [row] = await sql`select workspace_id from public.workspace_members where user_id = ${owner}`;
  const workspaceId: string = row?.workspace_id;
  const [campaign] =
    await sql`insert into public.campaigns (workspace_id, name) values (${workspaceId}, 'Chaos') returning id`;
  await sql`
    insert into public.companies (workspace_id, campaign_id, name, domain, dedupe_key)
    select ${workspaceId}, ${campaign?.id}, 'Company ' || n, 'company' || n || '.example', 'd:company' || n || '.example' from generate_series(1, ${companies}::int) as n`;
  const [integration] = await sql`
    insert into public.integrations (workspace_id, kind, name, url, batch_size, max_in_flight, timeout_seconds, deadline_seconds)
    values (${workspaceId}, 'webhook', 'Chaos', ${url}, ${BATCH_SIZE}, 60, 3, 60) returning id`;
  const sealed = await sealSecret(
    parseKeyRing(INTEGRATION_KEYS),
    { workspaceId, integrationId: integration?.id },
    secret,
  );
  await sql`select private.save_secret(${workspaceId}, ${integration?.id}, 'signing', ${JSON.stringify(sealed)}::text::jsonb)`;
  const providers = { company: integration?.id, contacts: integration?.id };
  const progress = await asOwner(
    sql,
    owner,
    (user) => user`
    select public.start_research(${campaign?.id}, '{company,contacts}', '{}', ${JSON.stringify({ providers })}::text::jsonb) as progress`,
  );
  return { owner, campaign: campaign?.id, integration: integration?.id, run: progress?.progress.run.id };
}

/** The first row of a query in the name of the workspace's owner. */
export async function asOwner(
  sql: Sql,
  owner: string,
  query: (user: postgres.TransactionSql) => postgres.PendingQuery<postgres.Row[]>,
) {
  const claims = JSON.stringify({ sub: owner, role: "authenticated" });
  const [row] = await sql.begin(async (user) => {
    await user`select set_config('role', 'authenticated', true), set_config('request.jwt.claims', ${claims}, true)`;
    return query(user);
  });
  return row;
}
