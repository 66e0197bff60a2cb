import { describe, expect, test } from "vitest";
import { callAs, reader } from "../support/lists.ts";
import { searchBench } from "../support/search.ts";

const bench = searchBench();

describe("what is typed finds", () => {
  test.each<[string, string]>([
    ["a", "Acme Robotics"],
    ["acme rob", "Acme Robotics"],
    ["ROBOTICS ACME", "Acme Robotics"],
    ["germ", "Acme Robotics"],
    ["acme-robotics.ex", "Acme Robotics"],
    ["acmerobotics", "Acme Robotics"],
    ["booking.com", "Booking.com"],
    ["booking com", "Booking.com"],
    ["bookingcom", "Booking.com"],
    ["cocacola", "Coca-Cola"],
    ["bpcom", "British Petrol"],
    ["bpc", "British Petrol"],
    ["bp.co", "British Petrol"],
    ["coca-co", "Coca-Cola"],
    ["coca", "Coca-Cola"],
    ["credit agricole", "Crédit Àgricole"],
    ["CREDIT À", "Crédit Àgricole"],
    ["strasse", "Straße & Söhne"],
    ["sohne", "Straße & Söhne"],
    ["山田", "株式会社山田製作所"],
    ["製作所", "株式会社山田製作所"],
    ["株", "株式会社山田製作所"],
    ["株式会社", "株式会社山田製作所"],
    ["전자", "삼성전자"],
    ["ｶﾞﾝﾀﾞﾑ", "ガンダム商会"],
    ["ダム商会", "ガンダム商会"],
    ["διας", "ΔΙΑΣ ΝΑΥΤΙΛΙΑΚΗ"],
    ["διασ", "ΔΙΑΣ ΝΑΥΤΙΛΙΑΚΗ"],
    ["한국", "한국전력".normalize("NFD")],
    ["전자".normalize("NFD"), "삼성전자"],
    ["ガス", "ガスワークス".normalize("NFD")],
    ["hello@delta-mail.example", "Delta Works"],
    ["hellodeltamail", "Delta Works"],
    ["https://www.delta.example/about?x#y", "Delta Works"],
    ["http://delta.example:8080", "Delta Works"],
    ["www.delta.ex", "Delta Works"],
    ["https://del", "Delta Works"],
    ["delta.example/team", "Delta Works"],
    ["works delta.example/", "Delta Works"],
  ])("%s a company: %s", async (q, name) => {
    expect(await bench.found("companies", q)).toContain(name);
  });

  test.each<[string, string[]]>([
    ["jane.doe@acme.example", ["Jane Doe"]],
    ["jane doe acme", ["Jane Doe"]],
    ["janedoe", ["Jane Doe"]],
    ["obrien", ["Zoë O'Brien"]],
    ["o'brien", ["Zoë O'Brien"]],
    ["zoe", ["Zoë O'Brien"]],
    ["head sal", ["Jane Doe"]],
    ["太郎", ["山田 太郎"]],
    ["acme", ["Jane Doe", "Sven Acme", "Zoë O'Brien"]],
    ["jane robots", ["Jane Doe", "Jane Schmidt"]],
    ["jane robotics", ["Jane Doe"]],
    ["engineer robotics", ["Sven Acme", "Zoë O'Brien"]],
    ["jane missing", []],
  ])("%s contacts, also by words of their company: %s", async (q, names) => {
    expect((await bench.found("contacts", q)).sort()).toEqual(names);
    expect((await bench.found("contacts", q, { sort: "name" })).sort()).toEqual(names);
  });

  test.each<[string, string]>([
    ["jane schmitd", "Jane Schmidt"],
    ["schmit", "Jane Schmidt"],
    ["enginer zoe", "Zoë O'Brien"],
    ["jnae schmidt", "Jane Schmidt"],
    ["robtics sven", "Sven Acme"],
  ])("%s what was meant: %s", async (q, name) => {
    expect(await bench.found("contacts", q)).toContain(name);
  });

  test("nothing where nothing is like it, and words that exist are not taken for others", async () => {
    expect(await bench.found("contacts", "qwertyuiop")).toEqual([]);
    await bench.addContacts("Solo", ["Jana Schmitz||"]);
    expect(await bench.found("contacts", "schmitz")).toEqual(["Jana Schmitz"]);
  });
});

test.each(["🚀", "!!!", "! ! ! ! ! ! ! ! ! ! acme", "https://"])(
  "%s, a search without letters or digits, finds nothing, and nothing is done to all rows for it",
  async (q) => {
    const { page } = reader(bench.current, bench.ann);
    for (const list of ["companies", "contacts"] as const) {
      for (const sort of [null, "name"]) expect(await bench.found(list, q, { sort })).toEqual([]);
      const scope = { campaign_id: bench.campaign, filter: { q } };
      expect(await callAs(bench.current, bench.ann, "list_total", { list, ...scope })).toMatchObject({
        total: 0,
      });
      expect(await callAs(bench.current, bench.ann, "delete_matching", { list, ...scope })).toMatchObject({
        status: "completed",
        done: 0,
      });
      expect((await page(`list_${list}`, { campaign_id: bench.campaign })).rows.length).toBeGreaterThan(3);
    }
    expect(
      await page("list_campaigns", { workspace_id: bench.ann.workspaceId, filter: { q } }),
    ).toMatchObject({ rows: [], total: 0 });
  },
);

test.each([
  ["https://www.co1.example/about", "co1.example"],
  ["http://co1.example?x", "co1.example"],
  ["www.co1", "co1"],
  ["https:/", ""],
  ["co1.example:8080/x", "co1.example"],
  ["jane@acme.example", "jane@acme.example"],
  ["tcp/ip", "tcp/ip"],
  ["24.5/7", "24.5/7"],
  ["wwwoof", "wwwoof"],
  ["www.", "www."],
])("%s is looked for as “%s”", async (typed, host) => {
  const [row] = await bench.current.sql`select private.typed_host(${typed}) as host`;
  expect(row?.host).toBe(host);
});

test("spaces alone are no search", async () => {
  expect(await bench.found("companies", "  ")).toContain("Acme Robotics");
});

test("what is done to all that match is done to what the list shows", async () => {
  const total = async (q: string) =>
    Object(
      await callAs(bench.current, bench.ann, "list_total", {
        list: "contacts",
        campaign_id: bench.campaign,
        filter: { q },
      }),
    );
  for (const q of ["jane robotics", "schmitd", "acme", "engineer robotics"]) {
    const names = await bench.found("contacts", q);
    expect(names.length, q).toBeGreaterThan(0);
    expect((await total(q)).total).toBe(names.length);
    const matching = await bench.current.sql.begin(async (sql) => {
      const [row] =
        await sql`select private.matching_conditions('contacts', ${bench.ann.workspaceId}, ${sql.json({ q })}) as conditions`;
      return sql.unsafe(
        `select c.name from public.contacts c where c.campaign_id = '${bench.campaign}' and ${row?.conditions}`,
      );
    });
    expect(matching.map((row) => row.name).sort()).toEqual(names.sort());
  }
});
