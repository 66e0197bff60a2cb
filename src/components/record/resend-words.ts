import * as z from "zod/mini";
import { formatCount } from "@/lib/format";

/** What a request that is to be sent again says about what it asks. */
export interface SentRequest {
  jobs: number;
  request_body: string;
}

const named = z.object({ name: z.string(), contact: z.optional(z.object({ name: z.string() })) });
const request = z.object({ jobs: z.array(z.object({ subject: z.unknown() })) });

/** More names than these are counted. */
const MOST_NAMED = 5;

/** Whom the jobs of a request are about, each once; nobody where the request is kept only in part or is not a batch. */
function subjectNames(body: string): string[] {
  try {
    const { jobs } = request.parse(JSON.parse(body));
    const names = jobs.flatMap(({ subject }) => {
      const { data } = named.safeParse(subject);
      return data ? [data.contact?.name ?? data.name] : [];
    });
    return [...new Set(names)];
  } catch {
    return [];
  }
}

/** What sending a request again asks once more, and whom it is about as far as that is known. */
export function resendText({ jobs, request_body }: SentRequest): string {
  const names = subjectNames(request_body);
  const more = names.length - MOST_NAMED;
  const some = [...names.slice(0, MOST_NAMED), ...(more > 0 ? [`${more} more`] : [])];
  const whom = some.length === 0 ? "" : `: ${new Intl.ListFormat("en").format(some)}`;
  const all =
    jobs === 1
      ? "It is asked again, and it may cost as much as it did."
      : "All of them are asked again, and it may cost as much as it did.";
  return `This request holds ${formatCount(jobs, "job")}${whom}. ${all}`;
}
