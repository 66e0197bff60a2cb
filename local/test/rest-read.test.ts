import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Services, startServices } from "./support/services.ts";
import { stockShop } from "./support/shop.ts";

let services: Services;
let shop: Awaited<ReturnType<typeof stockShop>>;
beforeAll(async () => {
  services = await startServices("shop.sql");
  shop = await stockShop(services, "owner");
});
afterAll(() => services.stop());

const items = (columns = "ext_id") => shop.client.from("items").select(columns);
const headers = () => ({ authorization: `Bearer ${shop.token}` });

describe("selecting", () => {
  it("gives columns, aliases and casts", async () => {
    const { data } = await items("t:title,rank::text,price").eq("ext_id", "e1");
    expect(data).toEqual([{ t: "alpha rocket", rank: "1", price: 10.5 }]);
  });

  it("gives places inside json", async () => {
    const { data } = await items("meta->a->b,meta->k->>0,n:meta->a->>b").eq("ext_id", "e1");
    expect(data).toEqual([{ b: 5, k: "q", n: "5" }]);
  });

  it("gives computed columns", async () => {
    expect((await items("title_upper").eq("ext_id", "e2")).data).toEqual([{ title_upper: "BETA" }]);
  });

  it("gives a view's rows", async () => {
    const { data } = await shop.client.from("v_items").select("title,rank").eq("rank", 2);
    expect(data).toEqual([{ title: "beta", rank: 2 }]);
  });

  it("gives CSV", async () => {
    const { data } = await items("ext_id,title,tags").eq("ext_id", "e1").csv();
    expect(data).toBe('ext_id,title,tags\ne1,"alpha rocket","{x,y}"');
  });

  it("leaves nulls out when asked to", async () => {
    const { body } = await services.request("/rest/v1/tree?id=eq.1", {
      headers: { accept: "application/vnd.pgrst.object+json;nulls=stripped" },
    });
    expect(body).toEqual({ id: 1, name: "root" });
  });
});

describe("filters", () => {
  type Query = ReturnType<typeof items>;
  it.each<[string, (query: Query) => PromiseLike<{ data: unknown }>, string]>([
    ["eq", (x) => x.eq("rank", 1), "e1"],
    ["neq", (x) => x.neq("rank", 1), "e2,e3"],
    ["gt", (x) => x.gt("rank", 1), "e2,e3"],
    ["gte and lte", (x) => x.gte("rank", 2).lte("rank", 2), "e2"],
    ["in", (x) => x.in("ext_id", ["e1", "e3"]), "e1,e3"],
    ["in with commas and quotes", (x) => x.in("title", ["beta", "a,b", 'c"d', "e\\f"]), "e2"],
    ["is null", (x) => x.is("project_id", null), "e3"],
    ["not is null", (x) => x.not("project_id", "is", null), "e1,e2"],
    ["like", (x) => x.like("title", "%rocket"), "e1,e3"],
    ["ilike", (x) => x.ilike("title", "ALPHA%"), "e1"],
    ["like any of", (x) => x.likeAnyOf("title", ["alp%", "bet%"]), "e1,e2"],
    ["contains in an array", (x) => x.contains("tags", ["x"]), "e1"],
    ["contained by", (x) => x.containedBy("tags", ["x", "y", "z"]).neq("tags", "{}"), "e1"],
    ["overlaps", (x) => x.overlaps("tags", ["y", "q"]), "e1"],
    ["contains in json", (x) => x.contains("meta", { a: { b: 5 } }), "e1"],
    ["text search", (x) => x.textSearch("fts", "rocket & alpha"), "e1"],
    [
      "web search",
      (x) => x.textSearch("fts", "rocket -alpha", { type: "websearch", config: "english" }),
      "e3",
    ],
    ["plain search in text", (x) => x.textSearch("title", "rocket", { type: "plain" }), "e1,e3"],
    ["or", (x) => x.or("rank.eq.1,title.eq.beta"), "e1,e2"],
    ["or with and inside", (x) => x.or("and(rank.gt.1,rank.lt.3),title.ilike.alpha*"), "e1,e2"],
    ["or with not in", (x) => x.or("rank.not.in.(1,2),ext_id.eq.e2"), "e2,e3"],
    ["or with a quoted value", (x) => x.or('title.eq."a,b",rank.eq.3'), "e3"],
    ["match", (x) => x.match({ rank: 2, title: "beta" }), "e2"],
    ["a place inside json", (x) => x.eq("meta->a->>b", "5"), "e1"],
    ["an enum", (x) => x.eq("status", "open"), "e1,e2,e3"],
    ["is distinct from", (x) => x.filter("project_id", "isdistinct", shop.projectId), "e3"],
    ["a regular expression", (x) => x.filter("title", "match", "^(a|g)"), "e1,e3"],
  ])("find rows by %s", async (_, filter, expected) => {
    const { data } = await filter(items().order("ext_id") as Query); // the same builder, sorted
    expect((data as { ext_id: string }[]).map((row) => row.ext_id).join()).toBe(expected); // selected above
  });

  it("find ranges", async () => {
    const { data } = await services.client().from("ranges").select("id").rangeLt("r", "[15,40)");
    expect(data).toEqual([{ id: 1 }]);
  });
});

describe("order, pages and counts", () => {
  it("sorts with nulls where they are wanted", async () => {
    const { data } = await items().order("price", { ascending: false, nullsFirst: false });
    expect(data).toEqual([{ ext_id: "e2" }, { ext_id: "e1" }, { ext_id: "e3" }]);
  });

  it("gives the page that is asked for", async () => {
    expect((await items().order("ext_id").range(1, 1)).data).toEqual([{ ext_id: "e2" }]);
    const { body } = await services.request("/rest/v1/items?select=ext_id&order=ext_id", {
      headers: { ...headers(), range: "1-1" },
    });
    expect(body).toEqual([{ ext_id: "e2" }]);
  });

  it("counts exactly, by plan or by estimate", async () => {
    const page = await shop.client.from("items").select("ext_id", { count: "exact" }).limit(1);
    expect([page.status, page.count, page.data?.length]).toEqual([206, 3, 1]);
    const head = await shop.client.from("items").select("*", { count: "exact", head: true });
    expect([head.count, head.data]).toEqual([3, null]);
    const estimated = await shop.client.from("items").select("*", { count: "estimated", head: true });
    expect(estimated.count).toBe(3);
    const planned = await shop.client.from("items").select("*", { count: "planned", head: true });
    expect(planned.count).toBeTypeOf("number");
  });

  it.each([
    ["limit=abc", 200, 3],
    ["limit=", 200, 3],
    ["limit=1.5", 200, 3],
    ["offset=abc", 200, 3],
    ["limit=0", 200, 0],
    ["limit=2", 200, 2],
    ["limit=2&offset=2", 200, 1],
  ])("takes %s as PostgREST does", async (query, status, rows) => {
    const answer = await services.request(`/rest/v1/items?${query}`, { headers: headers() });
    expect([answer.status, (answer.body as unknown[]).length]).toEqual([status, rows]); // rows of JSON
  });

  it.each([
    ["limit=-1", 416, "PGRST103"],
    ["offset=-1", 400, "2201X"],
  ])("refuses %s", async (query, status, code) => {
    const answer = await services.request(`/rest/v1/items?${query}`, { headers: headers() });
    expect(answer).toMatchObject({ status, body: { code } });
  });

  it("refuses a page behind the end when it counts", async () => {
    const { status, error } = await shop.client.from("items").select("*", { count: "exact" }).range(50, 60);
    expect([status, error?.code]).toEqual([416, "PGRST103"]);
  });

  it("gives one object, or says that there is not exactly one", async () => {
    expect((await items().eq("rank", 2).single()).data).toEqual({ ext_id: "e2" });
    const none = await items().eq("rank", 99).single();
    expect([none.status, none.error?.code]).toEqual([406, "PGRST116"]);
    const many = await items().single();
    expect([many.status, many.error?.code]).toEqual([406, "PGRST116"]);
    const maybe = await items().eq("rank", 99).maybeSingle();
    expect([maybe.data, maybe.error]).toEqual([null, null]);
  });
});

describe("what cannot be answered", () => {
  it.each([
    ["a value of the wrong type", "items?rank=eq.abc", 400, "22P02"],
    ["an unknown column", "items?select=nope", 400, "42703"],
    ["an unknown table", "nope", 404, "PGRST205"],
    ["an unknown operator", "items?rank=near.1", 400, "PGRST100"],
    ["an unknown type to cast to", "items?select=rank::nope", 400, "42704"],
    ["a path with more in it", "items/1", 404, "PGRST125"],
    ["the root", "", 404, "PGRST125"],
  ])("%s is refused", async (_, path, status, code) => {
    expect(await services.request(`/rest/v1/${path}`, { headers: headers() })).toMatchObject({
      status,
      body: { code },
    });
  });

  it("another method, format or schema is refused", async () => {
    const path = "/rest/v1/items";
    expect(await services.request(path, { method: "PROPFIND" })).toMatchObject({ status: 405 });
    expect(await services.request(path, { headers: { accept: "image/png" } })).toMatchObject({ status: 406 });
    expect(await services.request(path, { headers: { "accept-profile": "auth" } })).toMatchObject({
      status: 406,
      body: { code: "PGRST106" },
    });
  });
});

it("reports no failure of its own in all of this", () => {
  expect(services.reports).toEqual([]);
});
