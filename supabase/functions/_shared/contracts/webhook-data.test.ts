import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { companyResult, contactsResult } from "./research.ts";
import {
  readCompanyData,
  readContactsData,
  readDiscoverData,
  readEnrichData,
  readSyncData,
} from "./webhook-data.ts";

const SOURCE = "https://acme.com/about";
const from = <T>(value: T) => ({ value, source: SOURCE });

describe("data of the company stage", () => {
  it("is plain values, all found at the result's source", () => {
    const data = {
      name: " Acme ",
      description: "Makes anvils",
      industry: "Tools",
      phone: "+1 555 0100",
      emails: ["info@acme.com"],
      social: { linkedin: "https://linkedin.com/company/acme", github: null },
      portfolio: [
        "Anvil Ltd",
        { name: "Rocket Inc", domain: "rocket.com", source: "https://acme.com/rocket" },
      ],
    };
    expect(readCompanyData(data, SOURCE)).toEqual({
      ok: true,
      value: {
        name: from("Acme"),
        description: from("Makes anvils"),
        industry: [from("Tools")],
        phones: [from("+1 555 0100")],
        emails: [from("info@acme.com")],
        social: { linkedin: from("https://linkedin.com/company/acme") },
        portfolio: [
          { name: "Anvil Ltd", source: SOURCE },
          { name: "Rocket Inc", domain: "rocket.com", source: "https://acme.com/rocket" },
        ],
      },
    });
  });

  it("may be empty, and empty cells are no values", () => {
    const nothing = { ok: true, value: { industry: [], phones: [], emails: [], social: {}, portfolio: [] } };
    expect(readCompanyData({}, SOURCE)).toEqual(nothing);
    expect(readCompanyData({ name: "", phones: [null, ""], social: null, funding: null }, SOURCE)).toEqual(
      nothing,
    );
  });

  it("keeps fields it does not know as custom", () => {
    const custom = { funding: "Series B", headcount: 250, tech: ["Shopify"] };
    expect(readCompanyData({ name: "Acme", ...custom }, SOURCE)).toMatchObject({ value: { custom } });
    const hostile: unknown = JSON.parse('{"__proto__": {"isAdmin": true}, "constructor": "x"}');
    expect(readCompanyData(hostile, SOURCE)).toMatchObject({ ok: true });
    expect({}).not.toHaveProperty("isAdmin");
  });

  it.each([
    [{ name: 5 }, "data.name must be text, but is the number 5."],
    [{ name: { value: "Acme" } }, "data.name must be text, but is an object."],
    [{ name: "x".repeat(201) }, "data.name must have at most 200 characters."],
    [{ phones: ["+1", 5] }, "data.phones[1] must be text, but is the number 5."],
    [
      { social: { linkedin: "acme" } },
      "data.social.linkedin must be an address that starts with http:// or https://.",
    ],
    [{ portfolio: [{ domain: "x.com" }] }, "data.portfolio[0].name must be text, but is missing."],
    [[], "data must be an object, but is a list."],
    [undefined, "data must be an object, but is missing."],
    [null, "data must be an object, but is nothing."],
    [
      Object.fromEntries(Array.from({ length: 101 }, (_, i) => [`f${i}`, i])),
      "There are 101 fields of your own; at most 100 with 64 KB in all can be kept.",
    ],
    [
      { note: "x".repeat(70_000) },
      "There are 1 fields of your own; at most 100 with 64 KB in all can be kept.",
    ],
    [
      { deep: JSON.parse(`${"[".repeat(10_000)}${"]".repeat(10_000)}`) },
      'The field "deep" cannot be kept: its name must have 1 to 120 characters, its value at most 20 levels.',
    ],
  ])("says what is wrong with a value (%#)", (data, error) => {
    expect(readCompanyData(data, SOURCE)).toEqual({ ok: false, error });
  });
});

describe("data of the contacts stage", () => {
  it("is a list of people with plain values", () => {
    const contacts = [
      { name: "Jane Doe", title: "CEO", email: "", budget: "1M", source: "https://acme.com/team" },
      { first_name: "Max", last_name: "Roe", phone: null },
    ];
    expect(readContactsData({ contacts }, SOURCE)).toEqual({
      ok: true,
      value: {
        contacts: [
          { name: "Jane Doe", title: "CEO", custom: { budget: "1M" }, source: "https://acme.com/team" },
          { name: "Max Roe", first_name: "Max", last_name: "Roe", source: SOURCE },
        ],
      },
    });
  });

  it.each([
    [{ contacts: [{ title: "CEO" }] }, "data.contacts[0].name is missing."],
    [
      { contacts: [{ name: "A" }, { name: "B", email: [] }] },
      "data.contacts[1].email must be text, but is a list.",
    ],
    [{ contacts: "Jane" }, "data.contacts must be a list, but is text."],
    [{ people: [] }, "data.contacts must be a list, but is missing."],
    [
      { contacts: Array.from({ length: 501 }, () => ({ name: "A" })) },
      "data.contacts must have at most 500 entries.",
    ],
  ])("says what is wrong with a value (%#)", (data, error) => {
    expect(readContactsData(data, SOURCE)).toEqual({ ok: false, error });
  });
});

it("whatever is accepted is a result as every provider makes it, and nothing throws", () => {
  const value = fc.oneof(fc.jsonValue(), fc.string(), fc.constant(null));
  const company = fc.record({
    name: value,
    industry: value,
    phones: value,
    social: value,
    portfolio: value,
    x: value,
  });
  const contact = fc.record({ name: fc.string(), email: value, custom: value }, { requiredKeys: [] });
  fc.assert(
    fc.property(company, fc.oneof(fc.array(contact), fc.jsonValue()), (data, contacts) => {
      const one = readCompanyData(data, SOURCE);
      if (one.ok) expect(companyResult.safeParse(one.value).success).toBe(true);
      const people = readContactsData({ contacts }, SOURCE);
      if (people.ok) expect(contactsResult.safeParse(people.value).success).toBe(true);
    }),
  );
});

describe("data of the discover stage", () => {
  it("names companies, and says whether there are more", () => {
    const companies = [{ name: " Anvil ", website: "" }, { domain: "rocket.example" }];
    expect(readDiscoverData({ companies })).toEqual({
      ok: true,
      value: { companies: [{ name: "Anvil" }, { domain: "rocket.example" }], has_more: true },
    });
    expect(readDiscoverData({ companies: [], next_url: null })).toEqual({
      ok: true,
      value: { companies: [], has_more: false },
    });
    const last = { companies, has_more: false, next_url: "https://fair.example/2" };
    expect(readDiscoverData(last)).toMatchObject({
      value: { has_more: false, next_url: "https://fair.example/2" },
    });
  });

  it.each([
    [{}, "data.companies must be a list, but is missing."],
    [{ companies: [{ city: "Berlin" }] }, "data.companies[0] has neither a name nor a domain."],
    [
      { companies: [], next_url: "?page=2" },
      "data.next_url must be an address that starts with http:// or https://.",
    ],
  ])("%j is refused with the field that is wrong", (data, error) => {
    expect(readDiscoverData(data)).toEqual({ ok: false, error });
  });
});

describe("data of the enrich stage", () => {
  it("is plain values, or values with a source of their own; the rest is custom", () => {
    const own = { value: "jane@acme.com", source: "https://acme.com/press" };
    expect(
      readEnrichData({ title: "CEO", email: own, phone: "", linkedin_url: null, budget: 5 }, SOURCE),
    ).toEqual({
      ok: true,
      value: { title: from("CEO"), email: own, custom: { budget: 5 } },
    });
    expect(readEnrichData({ phone: { value: "", source: null } }, SOURCE)).toEqual({ ok: true, value: {} });
  });

  it.each([
    [{ email: ["a@b.c"] }, "data.email must be text, but is a list."],
    [{ linkedin_url: "jane" }, "data.linkedin_url must be an address that starts with http:// or https://."],
    [
      { email: { value: "a@b.c", source: "here" } },
      "data.email.source must be an address that starts with http:// or https://.",
    ],
    [{ email: { address: "a@b.c" } }, "data.email must be text, but is an object."],
    [5, "data must be an object, but is the number 5."],
  ])("%j is refused with the field that is wrong", (data, error) => {
    expect(readEnrichData(data, SOURCE)).toEqual({ ok: false, error });
  });
});

describe("data of the sync stage", () => {
  it.each([undefined, null, "", {}, { salesforce_id: "" }])("may be empty, as %j", (data) => {
    expect(readSyncData(data)).toEqual({ ok: true, value: {} });
  });

  it("is custom, whatever it is called", () => {
    const data = { salesforce_id: "003A", email: { value: "a@b.c" } };
    expect(readSyncData(data)).toEqual({ ok: true, value: { custom: data } });
  });

  it.each([
    [5, "data must be an object, but is the number 5."],
    [["003A"], "data must be an object, but is a list."],
    [
      { "": 1 },
      'The field "" cannot be kept: its name must have 1 to 120 characters, its value at most 20 levels.',
    ],
  ])("%j is refused with what is wrong", (data, error) => {
    expect(readSyncData(data)).toEqual({ ok: false, error });
  });
});
