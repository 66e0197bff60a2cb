import type { ResearchJob } from "@contracts";

type Subject = Pick<ResearchJob, "campaign_id" | "company" | "contact" | "page">;

/** What a job is about, in words. */
export function subjectName({ company, contact, page }: Subject): string {
  if (page !== null) return `Page ${page}`;
  if (contact) return contact.company ? `${contact.name} (${contact.company.name})` : contact.name;
  return company?.name ?? "A company that was deleted";
}

/** Where that is shown, in the app; null if nowhere. */
export function subjectPath({ campaign_id, company, contact }: Subject): string | null {
  if (contact) return `/c/${campaign_id}/contacts?contact=${contact.id}`;
  return company ? `/c/${campaign_id}/companies?company=${company.id}` : null;
}

/** What is behind that path. */
export function subjectLink({ contact }: Subject): string {
  return contact ? "Open the contact" : "Open the company";
}
