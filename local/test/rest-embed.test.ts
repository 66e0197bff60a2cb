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
const open = (table: string) => services.client().from(table);

describe("embedding", () => {
  it("gives the row a foreign key leads to, or null", async () => {
    const { data } = await from("items").select("ext_id,projects(name)").order("ext_id");
    expect(data).toEqual([
      { ext_id: "e1", projects: { name: "P" } },
      { ext_id: "e2", projects: { name: "P" } },
      { ext_id: "e3", projects: null },
    ]);
  });

  it("gives the rows that lead here, filtered, sorted and cut", async () => {
    const { data } = await from("projects")
      .select("name,items(ext_id)")
      .order("ext_id", { referencedTable: "items", ascending: false })
      .limit(1, { referencedTable: "items" });
    expect(data).toEqual([{ name: "P", items: [{ ext_id: "e2" }] }]);
    const none = await from("projects").select("items(ext_id)").eq("items.rank", 99);
    expect(none.data).toEqual([{ items: [] }]);
  });

  it("leaves out rows without a partner when it is inner, in the count too", async () => {
    const { data, count } = await from("items")
      .select("ext_id,projects!inner(name)", { count: "exact" })
      .eq("projects.name", "P")
      .order("ext_id");
    expect([data?.length, count]).toEqual([2, 2]);
  });

  it("nests", async () => {
    const { data } = await from("projects").select("items(ext_id,projects(name,items(ext_id)))");
    expect(data).toMatchObject([{ items: [{ projects: { items: [{}, {}] } }, {}] }]);
  });

  it("goes through a junction", async () => {
    const { data: item } = await from("items").select("id").eq("ext_id", "e1").single();
    const { data: label } = await from("labels").insert({ name: "hot" }).select().single();
    await from("item_labels").insert({ item_id: item?.id, label_id: label.id });
    const { data } = await from("items").select("ext_id,labels(name)").eq("ext_id", "e1");
    expect(data).toEqual([{ ext_id: "e1", labels: [{ name: "hot" }] }]);
  });

  it("spreads the columns of a single partner", async () => {
    const { data } = await from("items").select("ext_id,...projects(project:name)").eq("ext_id", "e1");
    expect(data).toEqual([{ ext_id: "e1", project: "P" }]);
  });

  it("counts", async () => {
    expect((await from("projects").select("name,items(count)")).data).toEqual([
      { name: "P", items: [{ count: 2 }] },
    ]);
  });

  it("sorts by a partner's column, and finds rows that have none", async () => {
    const sorted = await from("items")
      .select("ext_id,projects(name)")
      .order("projects(name)", { nullsFirst: true })
      .order("ext_id");
    expect(sorted.data?.map((row) => row.ext_id)).toEqual(["e3", "e1", "e2"]);
    const lonely = await from("items").select("ext_id,projects()").is("projects", null);
    expect(lonely.data).toEqual([{ ext_id: "e3" }]);
  });

  it("tells several foreign keys apart by alias, hint or column", async () => {
    const { data } = await open("msgs")
      .select("id,from:tree!sender_id(name),to:tree!msgs_receiver_id_fkey(name),s:sender_id(name)")
      .eq("id", 1);
    expect(data).toEqual([{ id: 1, from: { name: "root" }, to: { name: "kid" }, s: { name: "root" } }]);
  });

  it("follows a reference to the same table both ways", async () => {
    const { data } = await open("tree")
      .select("name,parent:parent_id(name),kids:tree!parent_id(name)")
      .eq("id", 2);
    expect(data).toEqual([{ name: "kid", parent: { name: "root" }, kids: [{ name: "grandkid" }] }]);
  });

  it.each([
    ["several foreign keys and no hint", "msgs", "tree(name)", 300, "PGRST201"],
    ["nothing in common", "msgs", "labels(name)", 400, "PGRST200"],
    ["no such table", "msgs", "labelz(name)", 400, "PGRST200"],
    ["a filter on what is not embedded", "msgs?labels.name=eq.x", "id", 400, "PGRST108"],
  ])("refuses %s", async (_, path, select, status, code) => {
    const separator = path.includes("?") ? "&" : "?";
    const answer = await services.request(`/rest/v1/${path}${separator}select=${select}`);
    expect(answer).toMatchObject({ status, body: { code } });
  });
});

describe("embedding views", () => {
  it("works from a view to a table and from a table to a view", async () => {
    const up = await from("v_items").select("title,projects(name)").eq("rank", 2);
    expect(up.data).toEqual([{ title: "beta", projects: { name: "P" } }]);
    const down = await from("projects")
      .select("name,v_items(title)")
      .order("title", { referencedTable: "v_items" });
    expect(down.data).toEqual([{ name: "P", v_items: [{ title: "alpha rocket" }, { title: "beta" }] }]);
  });

  it("works when the view calls the columns otherwise, and through views over views", async () => {
    const renamed = await from("v_renamed").select("label,projects(name)").eq("label", "beta");
    expect(renamed.data).toEqual([{ label: "beta", projects: { name: "P" } }]);
    const nested = await from("v_nested").select("projects(name)").not("nested_project", "is", null);
    expect(nested.data).toEqual([{ projects: { name: "P" } }, { projects: { name: "P" } }]);
  });

  it("finds the keys of each table a view joins", async () => {
    const { data } = await from("v_joined")
      .select("title,item_labels(label_id),items(ext_id)")
      .eq("title", "beta");
    expect(data).toEqual([{ title: "beta", item_labels: [], items: [{ ext_id: "e1" }, { ext_id: "e2" }] }]);
  });

  it("does not take a subquery's column for the view's own", async () => {
    const { error } = await services.client().from("v_subquery").select("tree!sender(name)");
    expect(error?.code).toBe("PGRST200");
    const children = await services.client().from("v_subquery").select("id,tree(name)").eq("id", 1);
    expect(children.data).toEqual([{ id: 1, tree: [{ name: "kid" }, { name: "kid2" }] }]);
  });

  it("leaves the tables' own keys unambiguous", async () => {
    const { data } = await from("items").select("project_id(name)").eq("ext_id", "e1");
    expect(data).toEqual([{ project_id: { name: "P" } }]);
  });
});

it("reports no failure of its own in all of this", () => {
  expect(services.reports).toEqual([]);
});
