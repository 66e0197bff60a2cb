import postgres from "postgres";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import * as XLSX from "xlsx";
import { importCompanies } from "../support/campaigns.ts";
import { type Client, openProduct, type Product } from "../support/product.ts";

let product: Product;
let ann: { client: Client; workspaceId: string };
let campaignId: string;

const ODD = {
  name: 'Quote " and, comma',
  custom: {
    Note: "two\nlines",
    Formula: '=HYPERLINK("http://evil.example")',
    Money: "-5.00",
    Phone: "+49 30 1234",
  },
};

beforeAll(async () => {
  product = await openProduct({ siteRoots: [] });
  ann = await product.signUp("ann");
  campaignId = await importCompanies(ann.client, ann.workspaceId, [
    ODD,
    ...Array.from({ length: 1200 }, (_, index) => ({
      name: `Company ${String(index).padStart(4, "0")}`,
      website: `c${index}.example`,
    })),
  ]);
});
afterAll(() => product?.close());

async function post(body: unknown, client: Client | null = ann.client, signal?: AbortSignal) {
  const session = await client?.auth.getSession();
  const token = session?.data.session?.access_token;
  return fetch(`${product.stack.url}/functions/v1/export`, {
    method: "POST",
    headers: {
      "content-type": "application/json",
      apikey: product.stack.publishableKey,
      ...(token ? { authorization: `Bearer ${token}` } : {}),
    },
    body: typeof body === "string" ? body : JSON.stringify(body),
    signal: signal ?? null,
  });
}

function rowsOf(csv: string): Record<string, string>[] {
  const book = XLSX.read(csv, { type: "string", raw: true });
  const sheet = book.Sheets[book.SheetNames[0] ?? ""];
  return sheet ? XLSX.utils.sheet_to_json(sheet, { raw: true, defval: "" }) : [];
}

describe("an export", () => {
  test("is the whole list in its order, and a spreadsheet opens it", async () => {
    const response = await post({
      kind: "companies",
      campaign_id: campaignId,
      sort: "name",
      direction: "asc",
    });
    expect(response.status).toBe(200);
    expect(response.headers.get("content-type")).toBe("text/csv; charset=utf-8");
    expect(response.headers.get("content-disposition")).toContain("companies.csv");
    const bytes = new Uint8Array(await response.arrayBuffer());
    expect([...bytes.slice(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
    const rows = rowsOf(new TextDecoder().decode(bytes));
    expect(rows).toHaveLength(1201);
    expect(rows.slice(0, 3).map((row) => row.Name)).toEqual(["Company 0000", "Company 0001", "Company 0002"]);
    expect(rows.at(-1)).toMatchObject({
      Name: ODD.name,
      Note: "two\nlines",
      Formula: `'${ODD.custom.Formula}`,
      Money: "-5.00",
      Phone: expect.anything(),
    });
  });

  test("holds what is shown: filter, search and columns", async () => {
    const query = {
      kind: "companies",
      campaign_id: campaignId,
      filter: { q: "company 001", has_website: true },
      sort: "name",
      direction: "desc",
    };
    const rows = rowsOf(await (await post({ ...query, columns: ["domain", "name"] })).text());
    expect(rows).toHaveLength(10);
    expect(rows[0]).toEqual({ Domain: "c19.example", Name: "Company 0019" });
  });

  test("says by e-mail address whose each row is, companies and contacts", async () => {
    const id = await importCompanies(ann.client, ann.workspaceId, [{ name: "Mine" }, { name: "Nobody's" }]);
    const { data } = await ann.client.auth.getUser();
    const mine = await ann.client
      .from("companies")
      .update({ owner_id: data.user?.id ?? null })
      .eq("campaign_id", id)
      .eq("name", "Mine");
    expect(mine.error).toBeNull();
    const sql = postgres(product.stack.dbUrl, { max: 1 });
    await sql`insert into public.contacts (workspace_id, campaign_id, company_id, name, title, dedupe_key, owner_id)
      select workspace_id, campaign_id, id, 'Jane', 'CEO', 'j', owner_id from public.companies where campaign_id = ${id}`;
    await sql.end();
    const query = { campaign_id: id, sort: "name", direction: "asc" };
    const columns = { companies: ["name", "owner"], contacts: ["company.name", "owner", "seniority"] };
    const email = data.user?.email;
    expect(
      rowsOf(await (await post({ ...query, kind: "companies", columns: columns.companies })).text()),
    ).toEqual([
      { Name: "Mine", Owner: email },
      { Name: "Nobody's", Owner: "" },
    ]);
    const contacts = rowsOf(
      await (await post({ ...query, kind: "contacts", columns: columns.contacts })).text(),
    );
    expect(contacts).toContainEqual({ Company: "Mine", Owner: email, Seniority: "C-level" });
    expect(contacts).toContainEqual({ Company: "Nobody's", Owner: "", Seniority: "C-level" });
  });

  test("of more than 10,000 rows says so instead of leaving some out", async () => {
    const many = Array.from({ length: 10_001 }, (_, index) => ({ name: `Row ${index}` }));
    const big = await importCompanies(ann.client, ann.workspaceId, many);
    const response = await post({ kind: "companies", campaign_id: big });
    expect(response.status).toBe(413);
    expect(await response.json()).toMatchObject({ error: { code: "too_many_rows" } });
    const searched = await post({ kind: "companies", campaign_id: big, filter: { q: "row" } });
    expect(searched.status).toBe(413);
  });

  test("of someone else's campaign is empty, and without a session there is none", async () => {
    const bob = await product.signUp("bob");
    const others = await post({ kind: "companies", campaign_id: campaignId }, bob.client);
    expect(rowsOf(await others.text())).toEqual([]);
    expect((await post({ kind: "companies", campaign_id: campaignId }, null)).status).toBe(401);
  });

  test.each<[string, unknown]>([
    ["bad_json", "{"],
    ["bad_request", { kind: "passwords", campaign_id: "x" }],
    ["bad_filter", { kind: "companies", filter: { nope: 1 } }],
    ["bad_sort", { kind: "companies", sort: "id; drop table companies" }],
    ["bad_request", { kind: "companies", filter: { q: "\u0000" } }],
    ["bad_request", { kind: "companies", filter: { q: "half \ud83d" } }],
    ["bad_request", { kind: "companies", sort: "na\u0000me" }],
    ["bad_columns", { kind: "contacts", columns: ["password"] }],
    ["too_large", "x".repeat(1_000_001)],
  ])("answers %s to what it cannot read", async (code, body) => {
    const request = typeof body === "object" ? { campaign_id: campaignId, ...body } : body;
    const response = await post(request);
    expect(response.status).toBeGreaterThanOrEqual(400);
    expect(response.status).toBeLessThan(500);
    expect(await response.json()).toMatchObject({ error: { code, message: expect.any(String) } });
  });

  test("that is broken off gives its connection back", async () => {
    // More than fits on the way, so that the function is in the middle of it.
    const wide = await importCompanies(ann.client, ann.workspaceId, [{ name: "Wide 1" }, { name: "Wide 2" }]);
    const sql = postgres(product.stack.dbUrl, { max: 1 });
    await sql`insert into public.companies (workspace_id, campaign_id, name, dedupe_key, custom)
      select ${ann.workspaceId}, ${wide}, 'Wide ' || n, 'w' || n, jsonb_build_object('x', repeat(md5(n::text), 2000)) from generate_series(3, 600) as n`;
    await sql.end();
    // As many as the function has connections, and as many again.
    for (let round = 0; round < 8; round += 1) {
      const abort = new AbortController();
      const response = await post({ kind: "companies", campaign_id: wide }, ann.client, abort.signal);
      await response.body?.getReader().read();
      abort.abort();
    }
    const whole = await post({ kind: "companies", campaign_id: wide, columns: ["name", "custom.x"] });
    expect((await whole.arrayBuffer()).byteLength).toBeGreaterThan(598 * 64_000);
  });

  test("can be asked for from another origin", async () => {
    const preflight = await fetch(`${product.stack.url}/functions/v1/export`, {
      method: "OPTIONS",
      headers: {
        origin: "https://app.example",
        "access-control-request-method": "POST",
        "access-control-request-headers": "authorization,content-type,apikey",
      },
    });
    expect(preflight.ok).toBe(true);
    expect(preflight.headers.get("access-control-allow-origin")).toBe("*");
  });
});
