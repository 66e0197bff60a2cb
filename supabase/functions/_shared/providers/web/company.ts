import { type CompanyResult, LIMITS } from "../../contracts/research.ts";
import { statedAddress, visibleAddress } from "./address.ts";
import { companyEmails, companyPhones } from "./company-contact.ts";
import { companySocial } from "./company-social.ts";
import { companyDescription, companyName, industryWords } from "./company-text.ts";
import { peopleOf } from "./contacts.ts";
import type { SitePages } from "./fetch-site.ts";
import { ownOrganizations } from "./organization.ts";
import { extractPortfolio } from "./portfolio.ts";

/** What a company's pages say about it, each value with the page it stands on. Pure; nothing is guessed. */
export function extractCompany(site: SitePages): CompanyResult {
  const { pages } = site;
  const stated = ownOrganizations(pages);
  const people = peopleOf(site);
  const name = companyName(stated, pages);
  const description = companyDescription(stated, pages);
  const address = statedAddress(stated) ?? visibleAddress(pages, name?.value);
  return {
    ...(name ? { name } : {}),
    ...(description ? { description } : {}),
    industry: industryWords(stated, pages).slice(0, LIMITS.list),
    ...(address ? { address } : {}),
    phones: companyPhones(stated, pages, people),
    emails: companyEmails(stated, pages, people),
    social: companySocial(stated, pages, people, name?.value),
    portfolio: extractPortfolio(pages),
  };
}
