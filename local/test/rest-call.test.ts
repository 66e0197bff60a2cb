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

const call = (name: string, args?: Record<string, unknown>) => services.client().rpc(name, args);
const callAsOwner = (name: string, args?: Record<string, unknown>) => shop.client.rpc(name, args);

describe("calling a function", () => {
  it.each([
    ["arguments", "add_one", { a: 2, b: 3 }, 5],
    ["defaults", "add_one", {}, 6],
    ["an overload", "over", { a: 1 }, "one"],
    ["the other overload", "over", { a: 1, b: 2 }, "two"],
    ["variadic arguments", "total", { n: [1, 2, 3] }, 6],
    ["the whole body as json", "whole_body", { hello: 1 }, { hello: 1, seen: true }],
    ["a set of values", "names", {}, ["root", "kid", "kid2", "grandkid"]],
    ["one row", "one_tree", { i: 1 }, { id: 1, name: "root", parent_id: null }],
    ["out parameters", "outs", {}, { a: 1, b: "x" }],
    [
      "arrays, json and dates",
      "kinds",
      { t: ["a", 'b"c'], j: { x: [1] } },
      { t: ["a", 'b"c'], j: { x: [1] }, d: "2026-01-01", type: "object" },
    ],
  ])("works with %s", async (_, name, args, expected) => {
    expect((await call(name, args)).data).toEqual(expected);
  });

  it("answers nothing for a function that gives nothing", async () => {
    expect((await call("nothing")).status).toBe(204);
  });

  it("filters, sorts, embeds and counts the rows it gives", async () => {
    const { data } = await callAsOwner("search_items", { q: "rocket" })
      .select("ext_id,projects(name)")
      .eq("rank", 1)
      .order("ext_id");
    expect(data).toEqual([{ ext_id: "e1", projects: { name: "P" } }]);
    const table = await callAsOwner("items_table", { q: "rocket" })
      .select("title")
      .order("title", { ascending: false });
    expect(table.data).toEqual([{ title: "gamma rocket" }, { title: "alpha rocket" }]);
    const counted = await services.client().rpc("tree_of", { p: 1 }, { head: true, count: "exact" });
    expect([counted.error, counted.count]).toEqual([null, 2]);
  });

  it("reads its arguments from the URL when it is got", async () => {
    expect((await services.client().rpc("add_one", { a: 40, b: 2 }, { get: true })).data).toBe(42);
  });

  it("writes when it is posted, and may not when it is got", async () => {
    expect((await callAsOwner("write_it", { v: "x" }).select("a")).data).toEqual([{ a: "x" }]);
    const { status, error } = await shop.client.rpc("write_it", { v: "x" }, { get: true });
    expect([status, error?.code]).toEqual([405, "25006"]);
  });

  it("lets it read the request's headers and claims", async () => {
    const { data } = await services.client({ headers: { "x-thing": "42" } }).rpc("whoami");
    expect(data).toMatchObject({ u: "anon", uid: null, role: "anon", headers: { "x-thing": "42" } });
    expect((await callAsOwner("whoami")).data).toMatchObject({
      u: "authenticated",
      uid: shop.id,
      email: shop.email,
    });
  });

  it("lets it set the status and headers of the answer", async () => {
    const answer = (status: string, headers: string) =>
      services.request("/rest/v1/rpc/respond_with", {
        method: "POST",
        body: JSON.stringify({ status, headers }),
      });
    const { status, headers } = await answer("418", '[{"x-a": "b"}]');
    expect([status, headers.get("x-a")]).toEqual([418, "b"]);
    expect(await answer("999", "[]")).toMatchObject({ status: 500, body: { code: "PGRST112" } });
    expect(await answer("200", "nope")).toMatchObject({ status: 500, body: { code: "PGRST111" } });
    expect(await answer("200", '[{"x a": "b"}]')).toMatchObject({ status: 500, body: { code: "PGRST111" } });
  });
});

describe("a function that fails", () => {
  it.each([
    ["P0001", 400],
    ["PT418", 418],
    ["23505", 409],
    ["42501", 401],
  ])("with %s is answered with status %i", async (code, status) => {
    const answer = await call("raise_it", { code });
    expect([answer.status, answer.error]).toMatchObject([
      status,
      { code, message: `boom ${code}`, details: "det", hint: "hin" },
    ]);
  });

  it("by taking too long is stopped after its role's time", async () => {
    const { status, error } = await call("slow", { s: 9 });
    expect([status, error?.code]).toEqual([500, "57014"]);
  });

  it.each([
    ["an unknown function", "nope", {}],
    ["unknown arguments", "over", { z: 1 }],
    ["arguments left out", "tree_of", {}],
  ])("by being %s is not found", async (_, name, args) => {
    const { status, error } = await call(name, args);
    expect([status, error?.code]).toEqual([404, "PGRST202"]);
  });
});

it("knows a table as soon as it exists, and forgets it when it is dropped", async () => {
  const status = async () => (await services.client({ secret: true }).from("fresh").select("*")).status;
  expect(await status()).toBe(404);
  await services.postgres.query(
    "create table public.fresh (id int); grant all on public.fresh to service_role",
  );
  await expect.poll(status, { timeout: 20_000 }).toBe(200);
  await services.postgres.query("drop table public.fresh");
  await expect.poll(status, { timeout: 20_000 }).toBe(404);
});

it("reports no failure of its own in all of this", () => {
  expect(services.reports).toEqual([]);
});
