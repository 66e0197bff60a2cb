import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Services, startServices } from "./support/services.ts";
import { stockShop } from "./support/shop.ts";

let services: Services;
let shop: Awaited<ReturnType<typeof stockShop>>;
let stranger: Awaited<ReturnType<Services["signedIn"]>>;
beforeAll(async () => {
  services = await startServices("shop.sql");
  shop = await stockShop(services, "owner");
  stranger = await services.signedIn("stranger");
});
afterAll(() => services.stop());

const as = (token: string, path: string, init: RequestInit = {}) =>
  services.request(`/rest/v1/${path}`, {
    ...init,
    headers: { authorization: `Bearer ${token}`, ...Object.fromEntries(new Headers(init.headers)) },
  });

const evil = [
  "'; drop table items; --",
  '") ; select pg_sleep(9); --',
  "1) or (1=1",
  "\\'; --",
  '"a" from pg_shadow --',
  "$1",
  "{}",
  'x"y',
  "\u0000",
  "/*",
  "",
];
const places: Record<string, (v: string) => string> = {
  "a column": (v) => `items?select=${v}`,
  "a cast": (v) => `items?select=id::${v}`,
  "an embed": (v) => `items?select=${v}(*)`,
  "a hint": (v) => `items?select=projects!${v}(*)`,
  "a json key": (v) => `items?select=meta->>${v}`,
  "an alias": (v) => `items?select=a:${v}`,
  "a filtered column": (v) => `items?${v}=eq.1`,
  "a value": (v) => `items?title=eq.${v}`,
  "an operator": (v) => `items?rank=${v}.1`,
  "a list": (v) => `items?rank=in.(${v})`,
  "an array": (v) => `items?tags=cs.${v}`,
  "an is": (v) => `items?flag=is.${v}`,
  "a search": (v) => `items?fts=plfts(${v}).a`,
  "a quantifier": (v) => `items?title=like(${v}).{a}`,
  "an order": (v) => `items?order=${v}`,
  "a direction": (v) => `items?order=id.${v}`,
  "a limit": (v) => `items?limit=${v}`,
  "an offset": (v) => `items?offset=${v}`,
  "an or": (v) => `items?or=(${v})`,
  "a value in an or": (v) => `items?or=(id.eq.${v})`,
  "a table": (v) => v,
  "a function": (v) => `rpc/${v}`,
  "an argument's name": (v) => `rpc/add_one?${v}=1`,
  "an argument": (v) => `rpc/add_one?a=${v}`,
  "columns to write": (v) => `items?on_conflict=${v}&columns=${v}`,
};

describe("hostile text", () => {
  it.each(Object.entries(places))("as %s is never read as SQL", async (_, place) => {
    const misread: unknown[] = [];
    for (const value of evil) {
      const { status, body } = await as(shop.token, place(encodeURIComponent(value)));
      const syntaxError = JSON.stringify(body).includes('"42601"');
      if (status >= 500 || syntaxError) misread.push([value, status, body]);
    }
    expect(misread).toEqual([]);
    const { count } = await shop.client.from("items").select("id", { head: true, count: "exact" });
    expect(count).toBe(3);
  });

  it.each([
    ["prefer", "count=exact'; drop table items"],
    ["range", "0-1; drop"],
    ["accept", "text/csv'; --"],
    ["accept-profile", 'public"; --'],
    ["x-a", "'; drop table items; --"],
  ])("in the header %s is never read as SQL", async (name, value) => {
    expect((await as(shop.token, "items", { headers: { [name]: value } })).status).toBeLessThan(500);
  });

  it("as a key or value of a body is never read as SQL", async () => {
    const post = (body: string) => as(shop.token, "items", { method: "POST", body });
    expect((await post(JSON.stringify({ 'title") values (1); --': 1 }))).status).toBe(400);
    expect((await post(JSON.stringify({ title: "a\u0000b" }))).status).toBe(400);
    expect((await post("{bad")).status).toBe(400);
    expect((await post('{"__proto__": 1}')).status).toBe(400);
  });
});

describe("requests too large", () => {
  it.each([
    ["logic nested too deeply", `tree?or=${"(and".repeat(1500)}(id.eq.1)${")".repeat(1500)}`],
    ["embeds nested too deeply", `tree?select=${"tree!parent_id(".repeat(400)}id${")".repeat(400)}`],
    [
      "too many embeds",
      `tree?select=${Array.from({ length: 300 }, (_, i) => `a${i}:tree!parent_id(id)`).join()}`,
    ],
  ])("%s are refused", async (_, path) => {
    expect(await services.request(`/rest/v1/${path}`)).toMatchObject({
      status: 400,
      body: { code: "PGRST100" },
    });
  });

  it("bodies above the limit are refused", async () => {
    const body = JSON.stringify({ a: "x".repeat(3_000_000) });
    expect((await services.request("/rest/v1/rpc/whole_body", { method: "POST", body })).status).toBe(413);
  });

  it("5,000 values in a list are fine", async () => {
    const list = Array.from({ length: 5000 }, (_, i) => i).join();
    expect((await services.request(`/rest/v1/tree?id=in.(${list})`)).body).toHaveLength(4);
  });
});

describe("row level security and grants", () => {
  it("hide rows from other users and from nobody", async () => {
    expect((await stranger.client.from("items").select("*")).data).toEqual([]);
    expect((await services.client().from("items").select("*")).data).toEqual([]);
    expect((await stranger.client.from("projects").select("items(*)")).data).toEqual([]);
    expect((await stranger.client.rpc("search_items", { q: "rocket" })).data).toEqual([]);
  });

  it("keep rows from being changed, given away or counted by others", async () => {
    const changed = await stranger.client.from("items").update({ title: "h" }).eq("ext_id", "e1").select();
    expect(changed.data).toEqual([]);
    const given = await stranger.client.from("items").insert({ title: "x", owner: shop.id });
    expect([given.status, given.error?.code]).toEqual([403, "42501"]);
    const counted = await stranger.client.from("items").select("*", { count: "exact", head: true });
    expect(counted.count).toBe(0);
  });

  it("are told from each other by status: 403 for users, 401 for nobody", async () => {
    const column = await shop.client.from("locked").select("secret");
    expect([column.status, column.error?.code]).toEqual([403, "42501"]);
    expect((await shop.client.from("locked").select("pub")).data).toEqual([{ pub: "pub" }]);
    const table = await services.client().from("locked").select("pub");
    expect([table.status, table.error?.code]).toEqual([401, "42501"]);
    const routine = await shop.client.rpc("secret_fn");
    expect([routine.status, routine.error?.code]).toEqual([403, "42501"]);
    const service = await services.client({ secret: true }).rpc("secret_fn");
    expect(service.data).toBe("topsecret");
  });

  it.each(["auth", "private", "pg_catalog", "information_schema"])(
    "the schema %s is not there",
    async (schema) => {
      for (const table of ["users", "plain", "pg_roles", "tables"]) {
        expect((await as(shop.token, table, { headers: { "accept-profile": schema } })).status).toBe(406);
        expect((await as(shop.token, table)).status).toBe(404);
      }
    },
  );
});

describe("the login roles", () => {
  it("of REST may do nothing by itself", async () => {
    const client = new pg.Client({ connectionString: services.postgres.connection("authenticator") });
    await client.connect();
    try {
      await expect(client.query("select from public.items")).rejects.toMatchObject({ code: "42501" });
      await expect(client.query("select from auth.users")).rejects.toMatchObject({ code: "42501" });
      for (const role of ["postgres", "supabase_admin", "supabase_auth_admin"]) {
        await expect(client.query(`set role ${role}`)).rejects.toMatchObject({ code: "42501" });
      }
    } finally {
      await client.end();
    }
  });

  it("of Auth sees the tables of Auth alone", async () => {
    const connectionString = services.postgres.connection("supabase_auth_admin");
    const client = new pg.Client({ connectionString });
    await client.connect();
    try {
      await expect(client.query("select from auth.users")).resolves.toBeDefined();
      await expect(client.query("select from public.items")).rejects.toMatchObject({ code: "42501" });
      await expect(client.query("set role service_role")).rejects.toMatchObject({ code: "42501" });
    } finally {
      await client.end();
    }
  });

  it("of the API may not read what Auth keeps", async () => {
    const { rows } = await services.postgres.query(
      `select r, t from unnest(array['anon', 'authenticated', 'service_role', 'authenticator']) r,
         unnest(array['users', 'identities', 'sessions', 'refresh_tokens', 'flow_state', 'one_time_tokens']) t
       where has_table_privilege(r, 'auth.' || t, 'select, insert, update, delete')`,
    );
    expect(rows).toEqual([]);
  });
});

it("reports no failure of its own in all of this", () => {
  expect(services.reports).toEqual([]);
});
