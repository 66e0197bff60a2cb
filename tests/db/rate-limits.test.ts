import { beforeEach, describe, expect, test } from "vitest";
import { type Person, testDatabase } from "../support/database.ts";

const database = testDatabase();
type Bucket = "callbacks" | "forgeries" | "tests" | "previews";
let ann: Person;
let integration: string;

beforeEach(async () => {
  ann = await database.current.makePerson("ann");
  const [row] = await database.current.sql`
    insert into public.integrations (workspace_id, kind, name, url) values (${ann.workspaceId}, 'webhook', 'Hook', 'https://hook.example/') returning id`;
  integration = row?.id;
});

/** Takes so many at once from a bucket that holds 20 and gets one more every 100 seconds: the seconds to wait for each, 0 if there was one. */
function take(bucket: Bucket, count: number, holder = integration): Promise<number[]> {
  return Promise.all(
    Array.from({ length: count }, async () => {
      const [row] = await database.current
        .sql`select private.take_token(${holder}, ${bucket}, 0.01, 20) as wait`;
      return row?.wait;
    }),
  );
}

/** How many of so many are there. */
const given = async (bucket: Bucket, count: number, holder = integration) =>
  (await take(bucket, count, holder)).filter((wait) => wait === 0).length;

/** As if the last token had been taken so many seconds earlier. */
const letPass = (bucket: Bucket, seconds: number) =>
  database.current
    .sql`update private.rate_limits set filled_at = filled_at - make_interval(secs => ${seconds}) where holder = ${integration} and bucket = ${bucket}`;

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
    const bob = await database.current.makePerson("bob");
    expect(await given("forgeries", 25)).toBe(20);
    expect(await given("callbacks", 20)).toBe(20);
    expect(await given("previews", 25, ann.id)).toBe(20);
    expect(await given("previews", 20, bob.id)).toBe(20);
  });

  test("is an integration's or, of previews, a user's, and nobody else's", async () => {
    for (const [bucket, holder] of [
      ["tests", ann.id],
      ["previews", integration],
    ] as const)
      await expect(take(bucket, 1, holder), bucket).rejects.toMatchObject({ code: "23503" });
  });

  test("goes with the integration or the account that has it", async () => {
    const left = () =>
      database.current
        .sql`select bucket from private.rate_limits where holder in (${integration}, ${ann.id}) order by bucket`;
    await take("callbacks", 1);
    await take("tests", 1);
    await take("previews", 1, ann.id);
    expect(await left()).toEqual([{ bucket: "callbacks" }, { bucket: "previews" }, { bucket: "tests" }]);
    await database.current.sql`delete from public.integrations where id = ${integration}`;
    expect(await left()).toEqual([{ bucket: "previews" }]);
    await database.current.sql`delete from auth.users where id = ${ann.id}`;
    expect(await left()).toEqual([]);
  });

  test("that is empty is not written to", async () => {
    const version = () =>
      database.current
        .sql`select xmin::text, ctid::text, tokens from private.rate_limits where holder = ${integration}`;
    expect(await given("callbacks", 21)).toBe(20);
    const before = await version();
    expect(await given("callbacks", 1)).toBe(0);
    expect(await version()).toEqual(before);
  });
});
