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

const from = (table: string) => shop.client.from(table);
const send = (method: string, path: string, body: unknown, headers: Record<string, string> = {}) =>
  services.request(`/rest/v1/${path}`, {
    method,
    body: JSON.stringify(body),
    headers: { authorization: `Bearer ${shop.token}`, "content-type": "application/json", ...headers },
  });
const full = { prefer: "return=representation" };

describe("inserting", () => {
  it("fills defaults and gives the row back when asked to", async () => {
    const { data } = await from("projects").insert({ name: "New" }).select().single();
    expect(data).toMatchObject({ name: "New", owner: shop.id });
    const quiet = await from("defs").insert({ a: "quiet" });
    expect([quiet.status, quiet.data]).toEqual([201, null]);
    expect((await from("defs").insert({}).select("a,n").single()).data).toEqual({ a: "da", n: 7 });
  });

  it("takes many rows, with null or the default where one says nothing", async () => {
    const rows = [{ a: "one", n: 1 }, { a: "two" }];
    const asNull = await from("defs").insert(rows).select("a,n");
    expect(asNull.data).toEqual([
      { a: "one", n: 1 },
      { a: "two", n: null },
    ]);
    const asDefault = await from("defs").insert(rows, { defaultToNull: false }).select("a,n");
    expect(asDefault.data).toEqual([
      { a: "one", n: 1 },
      { a: "two", n: 7 },
    ]);
  });

  it("takes 5,000 rows in one request", async () => {
    const rows = Array.from({ length: 5000 }, (_, i) => ({ a: `bulk ${i}`, n: i }));
    expect((await from("defs").insert(rows)).status).toBe(201);
    const { count } = await from("defs").select("*", { count: "exact", head: true }).like("a", "bulk %");
    expect(count).toBe(5000);
  });

  it.each([
    ["an unknown column", "items", { nope: 1 }, 400, "PGRST204"],
    ["a key that is taken", "projects", { name: "P" }, 409, "23505"],
    ["a key that leads nowhere", "items", { title: "x", project_id: 999999 }, 409, "23503"],
    ["a missing value", "items", { ext_id: "zz" }, 400, "23502"],
    ["rows of different shapes", "defs", [{ a: "x" }, { n: 1 }], 400, "PGRST102"],
    ["something that is no row", "defs", 5, 400, "PGRST102"],
    ["an unknown table", "nope", {}, 404, "PGRST205"],
  ])("refuses %s", async (_, table, body, status, code) => {
    expect(await send("POST", table, body)).toMatchObject({ status, body: { code } });
  });
});

describe("upserting", () => {
  it("merges into the row with the same key", async () => {
    const { data } = await from("items")
      .upsert({ ext_id: "e2", owner: shop.id, title: "beta two" }, { onConflict: "owner,ext_id" })
      .select("title,rank");
    expect(data).toEqual([{ title: "beta two", rank: 2 }]);
  });

  it("leaves the row with the same key alone when told to", async () => {
    const { data } = await from("items")
      .upsert([{ ext_id: "e2", owner: shop.id, title: "no" }], {
        onConflict: "owner,ext_id",
        ignoreDuplicates: true,
      })
      .select("title");
    expect(data).toEqual([]);
  });
});

describe("updating", () => {
  it("gives the rows back, with what they embed", async () => {
    const { data } = await from("items")
      .update({ rank: 22 })
      .eq("ext_id", "e2")
      .select("rank,projects(name)");
    expect(data).toEqual([{ rank: 22, projects: { name: "P" } }]);
    expect((await from("items").update({ rank: 2 }).eq("ext_id", "e2")).status).toBe(204);
  });

  it("changes nothing, without an error, when nothing is given", async () => {
    const { status, data } = await from("items").update({}).eq("ext_id", "e1").select();
    expect([status, data]).toEqual([200, []]);
  });

  it("without a filter is refused, deleting too", async () => {
    for (const request of [from("items").update({ rank: 9 }), from("items").delete()]) {
      const { status, error } = await request;
      expect([status, error?.code]).toEqual([400, "21000"]);
    }
    expect((await from("items").select("id")).data).toHaveLength(3);
  });

  it("is rolled back when it affects more rows than allowed", async () => {
    await from("defs").insert([{ a: "max" }, { a: "max" }]);
    const prefer = "handling=strict,max-affected=1";
    expect(await send("PATCH", "defs?a=eq.max", { n: -9 }, { prefer })).toMatchObject({
      status: 400,
      body: { code: "PGRST124" },
    });
    const single = await from("defs").update({ n: -9 }).eq("a", "max").select().single();
    expect(single.error?.code).toBe("PGRST116");
    expect((await from("defs").select("n").eq("n", -9)).data).toEqual([]);
  });
});

describe("deleting", () => {
  it("gives the rows back or their number", async () => {
    await from("defs").insert([{ a: "gone" }, { a: "gone" }, { a: "kept" }]);
    const { data } = await from("defs").delete().eq("a", "gone").select("a");
    expect(data).toEqual([{ a: "gone" }, { a: "gone" }]);
    expect((await from("defs").delete({ count: "exact" }).eq("a", "kept")).count).toBe(1);
  });
});

describe("PUT", () => {
  it("inserts a row where its key says, then replaces it", async () => {
    const put = (a: string) => send("PUT", "defs?id=eq.90001", { id: 90001, a, n: 1 }, full);
    expect(await put("first")).toMatchObject({ status: 201, body: [{ id: 90001, a: "first" }] });
    expect(await put("second")).toMatchObject({ status: 200, body: [{ id: 90001, a: "second" }] });
    expect((await send("PUT", "defs?id=eq.90001", { id: 90001, a: "third" })).status).toBe(204);
    expect((await from("defs").select("a").eq("id", 90001)).data).toEqual([{ a: "third" }]);
  });

  it("takes a key of two columns", async () => {
    const { data: item } = await from("items").select("id").eq("ext_id", "e1").single();
    const { data: label } = await from("labels").insert({ name: "put" }).select("id").single();
    const path = `item_labels?item_id=eq.${item?.id}&label_id=eq.${label?.id}`;
    const { status } = await send("PUT", path, { item_id: item?.id, label_id: label?.id }, full);
    expect(status).toBe(201);
  });

  it.each([
    ["without the key", "defs", { id: 1 }, 405, "PGRST105"],
    ["with another operator", "defs?id=gt.1", { id: 1 }, 405, "PGRST105"],
    ["with another column too", "defs?id=eq.1&a=eq.x", { id: 1 }, 405, "PGRST105"],
    ["with part of the key", "item_labels?label_id=eq.1", { label_id: 1 }, 405, "PGRST105"],
    ["with a limit", "defs?id=eq.1&limit=1", { id: 1 }, 400, "PGRST114"],
    ["with another key in the body", "defs?id=eq.90002", { id: 90003 }, 400, "PGRST115"],
  ])("%s is refused", async (_, path, body, status, code) => {
    expect(await send("PUT", path, body)).toMatchObject({ status, body: { code } });
    const stray = await from("defs").select("id").in("id", [90002, 90003]);
    expect(stray.data).toEqual([]);
  });
});

it("reports no failure of its own in all of this", () => {
  expect(services.reports).toEqual([]);
});
