import { beforeEach, describe, expect, test } from "vitest";
import { testDatabase } from "../support/database.ts";

const database = testDatabase();
type Bucket = "callbacks" | "forgeries";
let integration: string;

beforeEach(async () => {
  const ann = await database.current.makePerson("ann");
  const [row] = await database.current.sql`
    insert into public.integrations (workspace_id, kind, name, url) values (${ann.workspaceId}, 'webhook', 'Hook', 'https://hook.example/') returning id`;
  integration = row?.id;
});

/** Takes so many at once from a bucket that holds 20 and gets one more every 100 seconds: the seconds to wait for each, 0 if there was one. */
function take(bucket: Bucket, count: number): Promise<number[]> {
  return Promise.all(
    Array.from({ length: count }, async () => {
      const [row] = await database.current
        .sql`select private.take_token(${integration}, ${bucket}, 0.01, 20) as wait`;
      return row?.wait;
    }),
  );
}

/** How many of so many are there. */
const given = async (bucket: Bucket, count: number) =>
  (await take(bucket, count)).filter((wait) => wait === 0).length;

/** As if the last token had been taken so many seconds earlier. */
const letPass = (bucket: Bucket, seconds: number) =>
  database.current
    .sql`update private.rate_limits set filled_at = filled_at - make_interval(secs => ${seconds}) where integration_id = ${integration} and bucket = ${bucket}`;

describe("a bucket of tokens", () => {
  test("gives as many as fit into it to whoever comes first, also at once, and no more", async () => {
    const waits = await take("callbacks", 30);
    expect(waits.filter((wait) => wait === 0)).toHaveLength(20);
    for (const wait of waits.filter((one) => one !== 0)) expect(wait).toBeCloseTo(100, -1);
  });

  test("fills by itself, up to what fits", async () => {
    expect(await given("callbacks", 25)).toBe(20);
    await letPass("callbacks", 500);
    expect(await given("callbacks", 8)).toBe(5);
    await letPass("callbacks", 1_000_000);
    expect(await given("callbacks", 22)).toBe(20);
  });

  test("is not used up by another one", async () => {
    expect(await given("forgeries", 25)).toBe(20);
    expect(await given("callbacks", 20)).toBe(20);
  });

  test("that is empty is not written to", async () => {
    const version = () =>
      database.current
        .sql`select xmin::text, ctid::text, tokens from private.rate_limits where integration_id = ${integration}`;
    expect(await given("callbacks", 21)).toBe(20);
    const before = await version();
    expect(await given("callbacks", 1)).toBe(0);
    expect(await version()).toEqual(before);
  });
});
