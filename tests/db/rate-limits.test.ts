import { beforeAll, describe, expect, test } from "vitest";
import { testDatabase } from "../support/database.ts";

const database = testDatabase();
let integration: string;

beforeAll(async () => {
  const ann = await database.current.makePerson("ann");
  const [row] = await database.current.sql`
    insert into public.integrations (workspace_id, kind, name, url) values (${ann.workspaceId}, 'webhook', 'Hook', 'https://hook.example/') returning id`;
  integration = row?.id;
});

async function take(bucket: string, perSecond: number, burst: number): Promise<number> {
  const [row] = await database.current
    .sql`select private.take_token(${integration}, ${bucket}, ${perSecond}, ${burst}) as wait`;
  return row?.wait;
}

/** As if the last token had been taken so many seconds earlier. */
const letPass = (seconds: number) =>
  database.current
    .sql`update private.rate_limits set filled_at = filled_at - make_interval(secs => ${seconds})`;

describe("a bucket of tokens", () => {
  test("gives as many as fit into it to whoever comes first, also at once, and no more", async () => {
    const waits = await Promise.all(Array.from({ length: 30 }, () => take("callbacks", 0.01, 20)));
    expect(waits.filter((wait) => wait === 0)).toHaveLength(20);
    for (const wait of waits.filter((one) => one !== 0)) expect(wait).toBeCloseTo(100, -1);
  });

  test("fills by itself, up to what fits", async () => {
    await letPass(500);
    const some = await Promise.all(Array.from({ length: 8 }, () => take("callbacks", 0.01, 20)));
    expect(some.filter((wait) => wait === 0)).toHaveLength(5);
    await letPass(1_000_000);
    const all = await Promise.all(Array.from({ length: 22 }, () => take("callbacks", 0.01, 20)));
    expect(all.filter((wait) => wait === 0)).toHaveLength(20);
  });

  test("is not used up by another one", async () => {
    const forged = await Promise.all(Array.from({ length: 10 }, () => take("forgeries", 0.01, 5)));
    expect(forged.filter((wait) => wait === 0)).toHaveLength(5);
    await letPass(200);
    expect(await take("callbacks", 0.01, 20)).toBe(0);
  });

  test("that is empty is not written to", async () => {
    const version = () =>
      database.current.sql`select xmin::text, ctid::text, tokens from private.rate_limits`;
    while ((await take("forgeries", 0.01, 5)) === 0);
    const before = await version();
    await take("forgeries", 0.01, 5);
    expect(await version()).toEqual(before);
  });
});
