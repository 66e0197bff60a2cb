import type { CompanySubject, ProviderJob } from "../../supabase/functions/_shared/providers/provider.ts";

/** The company that a job is about, or whose contact; it is about no page. */
export function companyOf({ subject }: Pick<ProviderJob, "subject">): CompanySubject {
  if (!("company_id" in subject)) throw new Error("this job is about a page");
  return subject;
}
