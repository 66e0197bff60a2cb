import { describe, expect, test } from "vitest";
import { importBench } from "../support/imports.ts";

const bench = importBench();

describe("web addresses", () => {
  test.each<[string, string | null]>([
    ["https://www.Acme.example/x?y#z", "acme.example"],
    ["www.com", "www.com"],
    ["www.acme.com.", "acme.com"],
    ["info@acme.com", "acme.com"],
    ["mailto:info@acme.com", "acme.com"],
    ["https://medium.com/@acme", "medium.com"],
    ["https://user:secret@acme.co.uk:8080/", "acme.co.uk"],
    ["XN--MLLER-KVA.de", "xn--mller-kva.de"],
    ["-a.com", null],
    ["a..com", null],
    ["a-.com", null],
    ["x.c", null],
    ["localhost", null],
    ["192.168.0.1", null],
    ["not a site", null],
    [`${"a".repeat(64)}.com`, null],
  ])("“%s” is the domain %s", async (address, domain) => {
    const [row] = await bench.sql`select private.normalize_domain(${address}) as domain`;
    expect(row?.domain).toBe(domain);
  });
});

describe("companies", () => {
  test("a web address in any spelling becomes the company's domain", async () => {
    const { import: started } = await bench.start("companies");
    const spellings = [
      "https://www.Acme.example/about?x=1#y",
      "ACME.example.",
      "info@acme.example",
      "http://acme.example:8080",
    ];
    const result = await bench.send(
      started.id,
      0,
      spellings.map((website, index) => ({ row: index + 1, website })),
    );
    expect(result).toMatchObject({ created: 1, updated: 0, duplicates: 3, rejected: [] });
    expect(await bench.companies()).toMatchObject([
      { name: "acme.example", domain: "acme.example", website: spellings[0] },
    ]);
  });

  test("a company may have a name and no website; the same name is the same company", async () => {
    const { import: started } = await bench.start("companies");
    await bench.send(started.id, 0, [{ row: 1, name: " Müller   & Söhne" }]);
    const again = await bench.send(started.id, 1, [{ row: 2, name: "MULLER & SOHNE", country: "DE" }]);
    expect(again).toMatchObject({ created: 0, updated: 1 });
    expect(await bench.companies()).toMatchObject([{ name: "Müller & Söhne", domain: null, country: "DE" }]);
  });

  test.each([
    ["ΔΙΑΣ", "Διας"],
    ["한국전력", "한국전력".normalize("NFD")],
    ["ガスワークス".normalize("NFD"), "ガスワークス"],
    ["Ｓｏｎｙ", "Sony"],
  ])("%s and %s are one name, however it is written", async (name, again) => {
    expect(await bench.importAll("companies", [{ name }], [{ name: again, country: "X" }])).toMatchObject({
      created: 0,
      updated: 1,
    });
  });

  test("what is there already is never overwritten, what is missing is filled in", async () => {
    const { import: started } = await bench.start("companies");
    await bench.send(started.id, 0, [
      { row: 1, name: "Acme", website: "acme.example", phone: "1", tags: ["a"], custom: { x: "1" } },
    ]);
    await bench.send(started.id, 1, [
      {
        row: 2,
        name: "Other",
        website: "acme.example",
        phone: "2",
        country: "FR",
        tags: ["b"],
        custom: { x: "2", y: "3" },
      },
    ]);
    const [company] = await bench.companies();
    expect(company).toMatchObject({ name: "Acme", phone: "1", country: "FR", custom: { x: "1", y: "3" } });
    expect([...(company?.tags ?? [])].sort()).toEqual(["a", "b"]);
  });

  test("rows that do not fit are kept with the reason and the row as it was read", async () => {
    const { import: started } = await bench.start("companies");
    const result = await bench.send(
      started.id,
      0,
      [
        { row: 7, name: "X", website: "not a site" },
        { row: 8, phone: "1" },
      ],
      [{ row: 9, reason: "Too long.", raw: ["a", "b"] }],
    );
    expect(result.rejected).toEqual([
      { row: 7, reason: "“not a site” is not a web address." },
      { row: 8, reason: "No company name and no website." },
    ]);
    const kept = await bench.current.as(
      bench.ann,
      (sql) => sql`select row_number, reason, raw from public.import_rejected_rows order by row_number`,
    );
    expect(kept).toMatchObject([
      { row_number: 7, raw: { name: "X", website: "not a site" } },
      { row_number: 8 },
      { row_number: 9, reason: "Too long.", raw: ["a", "b"] },
    ]);
  });

  test("an address of several lines keeps them, a name is one line", async () => {
    const { import: started } = await bench.start("companies");
    await bench.send(started.id, 0, [
      {
        row: 1,
        name: "Old\nQuay",
        address: " 14  Albert\tQuay \r\n\r\n\u00a0Aberdeen\n",
        description: "one\u0007line",
      },
    ]);
    expect(await bench.companies()).toMatchObject([
      { name: "Old Quay", address: "14 Albert Quay\nAberdeen", description: "one line" },
    ]);
  });

  test("the order of the file is the order of the list", async () => {
    const { import: started } = await bench.start("companies");
    const names = ["zeta", "alpha", "mid"];
    await bench.send(
      started.id,
      0,
      names.map((name, index) => ({ row: index + 1, name })),
    );
    expect((await bench.companies()).map((row) => row.name)).toEqual(names);
  });

  test("what several rows of one company say is put together, in one chunk as in several", async () => {
    const rows = [
      { website: "acme.example", tags: ["a", "b"], custom: { x: "1" } },
      { website: "acme.example", name: "Acme", phone: "1", tags: ["c", "a"], custom: { x: "2", y: "3" } },
    ];
    const whole = { name: "Acme", phone: "1", tags: ["a", "b", "c"], custom: { x: "1", y: "3" } };
    await bench.importAll("companies", rows);
    expect(await bench.companies()).toMatchObject([whole]);
    bench.campaign = await bench.current.makeCampaign(bench.ann);
    await bench.importAll("companies", ...rows.map((row) => [row]));
    expect(await bench.companies()).toMatchObject([whole]);
  });

  test("that have only a name are the company of that name, unless there are two", async () => {
    await bench.importAll(
      "companies",
      [
        { name: "ACME", phone: "1" },
        { name: "Acme", website: "acme.example" },
        { name: "Twin", website: "a.example" },
      ],
      [
        { name: "acme", country: "DE" },
        { name: "Twin", website: "b.example" },
      ],
      [{ name: "Twin" }],
    );
    expect(
      (await bench.companies()).map(({ name, domain, phone, country }) => [name, domain, phone, country]),
    ).toEqual([
      ["Acme", "acme.example", "1", "DE"],
      ["Twin", "a.example", null, null],
      ["Twin", "b.example", null, null],
      ["Twin", null, null, null],
    ]);
  });

  test("with a personal e-mail address for a website are not taken for the mail provider", async () => {
    const result = await bench.importAll("companies", [
      { name: "Bakery", website: "bakery@gmail.com" },
      { name: "Florist", website: "florist@gmail.com" },
    ]);
    expect(result?.rejected.map((one) => one.reason)).toEqual([
      "“bakery@gmail.com” is a personal e-mail address, not a web address.",
      "“florist@gmail.com” is a personal e-mail address, not a web address.",
    ]);
  });

  test("have at most 200 tags of at most 500 characters, whatever the file has, in one chunk as in several", async () => {
    const many = Array.from({ length: 150 }, (_, at) => `a${at}`);
    const more = Array.from({ length: 150 }, (_, at) => `b${at}`);
    const last = await bench.importAll(
      "companies",
      [
        { name: "Long", tags: ["x".repeat(600), " a  b ", "a b", ""] },
        { name: "Twice", tags: many },
        { name: "Twice", tags: more },
        { name: "Later", tags: many },
      ],
      [{ name: "Later", tags: more }],
    );
    expect(last).toMatchObject({ updated: 1, rejected: [] });
    const tags = Object.fromEntries((await bench.companies()).map((company) => [company.name, company.tags]));
    const both = [...many, ...more.slice(0, 50)];
    expect(tags).toEqual({ Long: ["x".repeat(500), "a b"], Twice: both, Later: both });
  });

  test("whose own columns grow too large keep what they have, and the file goes on", async () => {
    const noise = (seed: number) =>
      Array.from({ length: 42_000 }, (_, index) =>
        Math.sin(seed + index)
          .toString(36)
          .slice(3),
      ).join("");
    const chunks = [1, 2, 3].map((n) => [
      { website: "acme.example", custom: { [`c${n}`]: noise(n * 1000) } },
    ]);
    await bench.importAll("companies", ...chunks);
    const [company] = await bench.companies();
    expect(Object.keys(company?.custom)).toContain("c1");
    expect(Object.keys(company?.custom)).not.toContain("c3");
  });

  describe("that were renamed", () => {
    const rename = (name: string, to: string) =>
      bench.current.as(
        bench.ann,
        (sql) =>
          sql`update public.companies set name = ${to} where campaign_id = ${bench.campaign} and name = ${name}`,
      );
    const rows = async () => (await bench.companies()).map((row) => [row.name, row.domain, row.country]);

    test("leave the old name to whoever comes with it, and are known by the new one", async () => {
      await bench.importAll("companies", [{ name: "Acme" }]);
      await rename("Acme", "Béta");
      await bench.importAll("companies", [
        { name: "Acme", country: "DE" },
        { name: "BETA", country: "FR" },
      ]);
      expect(await rows()).toEqual([
        ["Béta", null, "FR"],
        ["Acme", null, "DE"],
      ]);
    });

    test("to the name of another one stay two, and keep their website", async () => {
      await bench.importAll("companies", [{ name: "Acme" }, { name: "Beta" }, { website: "gamma.example" }]);
      await rename("Acme", "Beta");
      await rename("gamma.example", "Gamma");
      const again = [
        { name: "Beta", country: "DE" },
        { name: "Acme" },
        { website: "gamma.example", country: "FR" },
      ];
      expect(await bench.importAll("companies", again)).toMatchObject({ created: 1, updated: 2 });
      expect(await rows()).toEqual([
        ["Beta", null, null],
        ["Beta", null, "DE"],
        ["Gamma", "gamma.example", "FR"],
        ["Acme", null, null],
      ]);
    });

    test("while somebody adds companies neither wait for it nor fail", async () => {
      await bench.importAll("companies", [{ name: "Acme" }]);
      const { import: started } = await bench.start("companies");
      await bench.current.as(bench.ann, async (sql) => {
        await sql`select public.import_rows(${started.id}, 0, ${JSON.stringify([{ name: "Beta" }])}::text::jsonb)`;
        await rename("Acme", "Beta");
      });
      expect(await rows()).toEqual([
        ["Beta", null, null],
        ["Beta", null, null],
      ]);
    });
  });
});
