import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { importCompanies, research } from "../support/campaigns.ts";
import { openProduct, type Product } from "../support/product.ts";

let product: Product;

beforeAll(async () => {
  product = await openProduct({ siteRoots: [join(import.meta.dirname, "../../scripts/demo/sites")] });
});
afterAll(() => product?.close());

describe("research of real websites, over the real queue and function", () => {
  test("fills companies and contacts in, each value with its page", async () => {
    const { client, workspaceId } = await product.signUp("ann");
    const campaignId = await importCompanies(client, workspaceId, [
      { name: "Northwind Robotics", website: "http://northwind-robotics.localhost" },
      { website: "https://old-quay-capital.localhost/" },
      { name: "Nowhere", website: "nowhere.localhost" },
      { name: "No website at all" },
    ]);
    const run = await research(client, campaignId);
    const companies = await client
      .from("companies")
      .select()
      .eq("campaign_id", campaignId)
      .order("created_at")
      .throwOnError();
    expect(companies.data.map((row) => row.research_status)).toEqual([
      "completed",
      "completed",
      "failed",
      "failed",
    ]);
    const [robotics, capital] = companies.data;
    expect(robotics?.research).toMatchObject({
      description: { source: "http://northwind-robotics.localhost/" },
    });
    expect(robotics?.contact_count).toBeGreaterThan(2);
    expect(capital).toMatchObject({ name: "Old Quay Capital" });
    expect(capital?.portfolio_count).toBeGreaterThan(0);
    const contacts = await client
      .from("contacts")
      .select("name, source, research")
      .eq("company_id", robotics?.id ?? "")
      .throwOnError();
    for (const contact of contacts.data) {
      expect(contact).toMatchObject({
        source: "research",
        research: { name: { source: expect.stringContaining("http://northwind-robotics.localhost/") } },
      });
    }
    const failed = await client
      .from("research_jobs")
      .select("error_code, error_message")
      .eq("run_id", run)
      .eq("status", "failed")
      .order("id")
      .throwOnError();
    expect(failed.data.map((row) => row.error_code)).toContain("no_website");
    expect(failed.data.every((row) => (row.error_message ?? "").length > 10)).toBe(true);
  });

  test("begins with a list of companies on the web, in a campaign that has none", async () => {
    const { client, workspaceId } = await product.signUp("finder");
    const campaignId = await importCompanies(client, workspaceId, []);
    const source = {
      url: "http://old-quay-capital.localhost/investments?page={page}",
      format: "html",
      items: "tbody > tr",
      name: "td",
      website: "a",
    } as const;
    await research(client, campaignId, { stages: ["discover"], options: { source } });
    const companies = await client
      .from("companies")
      .select("name, domain")
      .eq("campaign_id", campaignId)
      .order("created_at")
      .throwOnError();
    expect(companies.data).toHaveLength(4);
    expect(companies.data[0]).toEqual({ name: "Cullen Smokehouse", domain: "cullensmokehouse.example" });
  });

  test("names itself honestly to the websites", () => {
    const agents = new Set(product.sites.requests().map((request) => request.userAgent));
    expect([...agents]).toEqual([expect.stringContaining("AimForLeads")]);
  });
});

describe("the doorbell", () => {
  const ring = (authorization?: string, method = "POST") =>
    fetch(`${product.stack.url}/functions/v1/research-dispatch`, {
      method,
      headers: authorization ? { authorization } : {},
    });

  test("opens to nobody without its token, not even to the project's own keys", async () => {
    for (const token of [
      undefined,
      "Bearer wrong",
      "Bearer ",
      `Bearer ${product.stack.secretKey}`,
      `Bearer ${product.stack.publishableKey}`,
    ]) {
      const response = await ring(token);
      expect(response.status).toBe(401);
      expect(await response.json()).toMatchObject({ error: { code: "unauthorized" } });
    }
    expect((await ring(undefined, "GET")).status).toBe(405);
  });
});
