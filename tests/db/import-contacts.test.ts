import { describe, expect, test } from "vitest";
import { importBench } from "../support/imports.ts";

const bench = importBench();

describe("contacts", () => {
  test("a person lands at their company, which is made if it is new", async () => {
    const { import: started } = await bench.start("contacts");
    const result = await bench.send(started.id, 0, [
      {
        row: 1,
        first_name: "Jane",
        last_name: "Doe",
        email: "jane@acme.example",
        company: { name: "Acme", website: "acme.example" },
      },
      { row: 2, name: "Joe", email: "joe@beta.example" },
      { row: 3, name: "Jim", email: "jim@gmail.com" },
      { row: 4, email: "not an address", company: { name: "Acme" } },
      { row: 5, name: "Jill", email: "jill at work" },
    ]);
    expect(result).toMatchObject({
      created: 2,
      rejected: [
        { row: 3, reason: "No company for this contact." },
        { row: 4, reason: "“not an address” is not an e-mail address." },
        { row: 5, reason: "“jill at work” is not an e-mail address. No company for this contact." },
      ],
    });
    expect(await bench.contacts()).toMatchObject([
      { name: "Jane Doe", company_name: "Acme", company_domain: "acme.example", source: "import" },
      { name: "Joe", company_domain: "beta.example" },
    ]);
  });

  test("the same person by e-mail, profile or name is updated, two people of one name are not mixed up", async () => {
    const { import: started } = await bench.start("contacts");
    const company = { website: "acme.example" };
    await bench.send(started.id, 0, [{ row: 1, name: "Jane Doe", title: "CEO", company }]);
    const second = await bench.send(started.id, 1, [
      { row: 2, name: "jane doe", email: "jane@acme.example", company },
    ]);
    expect(second).toMatchObject({ created: 0, updated: 1 });
    const third = await bench.send(started.id, 2, [
      { row: 3, name: "Jane Doe", email: "jane.doe2@acme.example", company },
    ]);
    expect(third).toMatchObject({ created: 1 });
    expect((await bench.contacts()).map((row) => row.email)).toEqual([
      "jane@acme.example",
      "jane.doe2@acme.example",
    ]);
  });

  test.each<[string, object[], object[]]>([
    [
      "rows of one address are one person with what all of them say",
      [
        { email: "jane@acme.example", tags: ["a"], custom: { x: "1" } },
        { name: "Jane Doe", email: "JANE@acme.example", phone: "1", tags: ["b"], custom: { x: "2", y: "3" } },
      ],
      [
        {
          name: "Jane Doe",
          email: "jane@acme.example",
          phone: "1",
          tags: ["a", "b"],
          custom: { x: "1", y: "3" },
        },
      ],
    ],
    [
      "a name without an address is the person of that name",
      [
        { name: "Jane Doe", title: "CEO" },
        { name: "jane doe", email: "jane@acme.example" },
        { name: "Jane Doe", phone: "1" },
      ],
      [{ name: "Jane Doe", title: "CEO", email: "jane@acme.example", phone: "1" }],
    ],
    [
      "two addresses under one name are two people",
      [
        { name: "Jane Doe", title: "CEO" },
        { name: "Jane Doe", email: "a@acme.example" },
        { name: "Jane Doe", email: "b@acme.example" },
      ],
      [
        { title: "CEO", email: "a@acme.example" },
        { title: null, email: "b@acme.example" },
      ],
    ],
    [
      "one address under two spellings of a name is one person",
      [
        { name: "Jane Doe" },
        { name: "Jane Doe", email: "jane@acme.example" },
        { name: "J. Doe", email: "jane@acme.example", phone: "1" },
      ],
      [{ name: "Jane Doe", email: "jane@acme.example", phone: "1" }],
    ],
    [
      "two LinkedIn profiles under one name are two people, a profile is known by its path",
      [
        { name: "Jane Doe", linkedin_url: "https://www.linkedin.com/in/jane-1" },
        { name: "Jane Doe", linkedin_url: "https://linkedin.com/in/jane-2" },
        {
          name: "Dr. Jane Doe",
          linkedin_url: "http://de.linkedin.com/in/Jane-1/",
          email: "jane@acme.example",
        },
      ],
      [
        { name: "Jane Doe", linkedin_url: "https://www.linkedin.com/in/jane-1", email: "jane@acme.example" },
        { name: "Jane Doe", linkedin_url: "https://linkedin.com/in/jane-2", email: null },
      ],
    ],
  ])("%s, in one chunk as in several", async (_, rows, people) => {
    const company = { website: "acme.example" };
    const placed = rows.map((row) => ({ ...row, company }));
    await bench.importAll("contacts", placed);
    expect(await bench.contacts()).toMatchObject(people);
    bench.campaign = await bench.current.makeCampaign(bench.ann);
    await bench.importAll("contacts", ...placed.map((row) => [row]));
    expect(await bench.contacts()).toMatchObject(people);
  });

  describe("that were edited", () => {
    const company = { website: "acme.example" };
    const edit = (name: string, change: Record<string, string | null>) =>
      bench.current.as(
        bench.ann,
        (sql) =>
          sql`update public.contacts set ${sql(change)} where campaign_id = ${bench.campaign} and name = ${name}`,
      );

    test.each<[string, object, Record<string, string | null>, object]>([
      [
        "address",
        { email: "info@acme.example" },
        { email: "jane@acme.example" },
        { email: "info@acme.example" },
      ],
      ["address, now none", { email: "info@acme.example" }, { email: null }, { email: "INFO@acme.example" }],
      [
        "profile",
        { linkedin_url: "https://linkedin.com/in/acme" },
        { linkedin_url: "https://linkedin.com/in/jane" },
        { linkedin_url: "https://www.linkedin.com/in/acme/" },
      ],
    ])("leave their old %s to whoever comes with it", async (_, before, change, other) => {
      const file = [{ name: "Jane Doe", ...before, company }];
      await bench.importAll("contacts", file);
      await edit("Jane Doe", change);
      const bob = { name: "Bob Ray", title: "CEO", ...other, company };
      expect(await bench.importAll("contacts", [bob])).toMatchObject({ created: 1, updated: 0 });
      expect(await bench.importAll("contacts", [bob])).toMatchObject({ created: 0, duplicates: 1 });
      expect(await bench.contacts()).toMatchObject([
        { name: "Jane Doe", title: null, ...change },
        { name: "Bob Ray", title: "CEO", ...other },
      ]);
    });

    test("leave their old name to whoever comes with it, and are known by the new one", async () => {
      await bench.importAll("contacts", [{ name: "Jon", company }]);
      await edit("Jon", { name: "Jöhn" });
      await bench.importAll("contacts", [
        { name: "Jon", title: "CEO", company },
        { name: "john", title: "CTO", company },
      ]);
      expect(await bench.contacts()).toMatchObject([
        { name: "Jöhn", title: "CTO" },
        { name: "Jon", title: "CEO" },
      ]);
    });

    test("are known in the file they came from, and by what they were corrected to", async () => {
      const file = [
        { name: "Jane Doe", email: "jnae@acme.example", company },
        { name: "Bob Ray", email: "bob@acme.example", company },
      ];
      await bench.importAll("contacts", file);
      await edit("Jane Doe", { email: "jane@acme.example" });
      const corrected = { name: "J. Doe", email: "jane@acme.example", company };
      const result = await bench.importAll("contacts", [...file, corrected]);
      expect(result).toMatchObject({ created: 0, updated: 0, duplicates: 3 });
      expect(await bench.contacts()).toHaveLength(2);
    });

    test("may share an address: neither edit is refused, and nobody is made anew", async () => {
      await bench.importAll("contacts", [
        { name: "A", email: "a@acme.example", company },
        { name: "B", email: "b@acme.example", company },
      ]);
      await edit("A", { email: "team@acme.example" });
      await edit("B", { email: "team@acme.example" });
      expect(
        await bench.importAll("contacts", [{ name: "Team", email: "team@acme.example", company }]),
      ).toMatchObject({ created: 0 });
    });
  });

  test("a company that is only named is the one of that name in the campaign", async () => {
    await bench.importAll("companies", [{ name: "Acme", website: "acme.example" }]);
    await bench.importAll("contacts", [{ name: "Jane", company: { name: "ACME" } }]);
    expect(await bench.contacts()).toMatchObject([{ name: "Jane", company_domain: "acme.example" }]);
  });

  test("a profile address of any length is taken", async () => {
    const path = Array.from({ length: 900 }, (_, index) =>
      String.fromCodePoint(0x4e00 + ((index * 7919) % 20_000)),
    ).join("");
    const result = await bench.importAll("contacts", [
      { name: "Jane", linkedin_url: `https://linkedin.com/in/${path}`, company: { name: "Acme" } },
    ]);
    expect(result).toMatchObject({ created: 1 });
  });
});
