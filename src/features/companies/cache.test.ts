import type { CompanyRow } from "@contracts";
import { QueryClient } from "@tanstack/react-query";
import { expect, test } from "vitest";
import { flattenPages, type ListPages } from "@/components/data-table/pages";
import { patchCompany } from "./cache";
import { companyKeys } from "./keys";

const company = (id: string): CompanyRow => ({
  id,
  workspace_id: "w",
  campaign_id: "c",
  name: `Company ${id}`,
  domain: null,
  website: null,
  description: null,
  industry: null,
  country: null,
  address: null,
  phone: null,
  email: null,
  linkedin_url: null,
  employees: null,
  owner_id: null,
  tags: [],
  research_status: "new",
  contact_count: 0,
  portfolio_count: 0,
  import_id: null,
  created_at: "2026-11-01T00:00:00Z",
  updated_at: "2026-11-01T00:00:00Z",
  researched_at: null,
});

test("a change shows in every cached list of the campaign and in the open panel, and in no other campaign", () => {
  const client = new QueryClient();
  const byName = companyKeys.list("c", {}, { by: "name", direction: "asc" });
  const failed = companyKeys.list("c", { status: ["failed"] }, { by: "name", direction: "asc" });
  const other = companyKeys.list("other", {}, { by: "name", direction: "asc" });
  for (const key of [byName, failed, other]) {
    client.setQueryData<ListPages<CompanyRow>>(key, {
      pages: [{ rows: [company("1"), company("2")], next_cursor: null, total: 2 }],
      pageParams: [null],
    });
  }
  client.setQueryData(companyKeys.detail("c", "1"), company("1"));

  patchCompany(client, "c", "1", { name: "Acme" });

  const names = (key: readonly unknown[]) =>
    flattenPages(client.getQueryData<ListPages<CompanyRow>>(key)?.pages ?? []).map((row) => row.name);
  expect(names(byName)).toEqual(["Acme", "Company 2"]);
  expect(names(failed)).toEqual(["Acme", "Company 2"]);
  expect(names(other)).toEqual(["Company 1", "Company 2"]);
  expect(client.getQueryData<CompanyRow>(companyKeys.detail("c", "1"))?.name).toBe("Acme");
});
