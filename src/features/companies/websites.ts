import { normaliseDomain } from "@/lib/domain";

/** The domains a company is known by: that of its row, and that of the website somebody gave it since. */
export function domainsOf({ domain, website }: { domain: string | null; website: string | null }): string[] {
  const edited = website === null ? null : normaliseDomain(website);
  const domains = [domain, edited && "domain" in edited ? edited.domain : null];
  return [...new Set(domains.filter((one) => one !== null))];
}
