import type { UserClaims } from "../_shared/auth.ts";
import {
  PREVIEW_COMPANIES,
  type PreviewSourceRequest,
  type PreviewSourceResult,
} from "../_shared/contracts/integration-calls.ts";
import { PAGE_MARK } from "../_shared/contracts/sources.ts";
import { type Db, writeAsUser } from "../_shared/db.ts";
import { ApiError } from "../_shared/errors.ts";
import type { PageJob, Provider } from "../_shared/providers/provider.ts";
import { type RateLimit, takeToken } from "../_shared/rate-limit.ts";

/** A page that takes longer is given up, in milliseconds. */
const LONGEST_MS = 30_000;

/** Sources that one user tries, in whichever workspace. */
const PREVIEWS: RateLimit = {
  bucket: "previews",
  perSecond: 0.2,
  burst: 10,
  refusal: (wait) =>
    `You tried 10 pages in a short time. Wait ${wait}, then try this one again. Nothing was read.`,
};

/** Reads the first page of a source as research would, and stores nothing. Errors: forbidden, too_many, too_slow, and those of reading a page. */
export async function previewSource(
  db: Db,
  reader: Provider,
  claims: UserClaims,
  { workspace_id, source }: PreviewSourceRequest,
): Promise<PreviewSourceResult> {
  await requireMember(db, claims, workspace_id);
  await takeToken(db, claims.sub, PREVIEWS);
  const url = source.url.replaceAll(PAGE_MARK, String(source.first_page ?? 1));
  const job: PageJob = { id: "preview", attempt: 1, stage: "discover", subject: { page: 1, url }, source };
  const late = AbortSignal.timeout(LONGEST_MS);
  const outcome = (await reader.send([job], late)).get(job.id);
  if (outcome?.kind === "done" && outcome.result.stage === "discover") {
    const { companies, next_url } = outcome.result.value;
    return {
      total: companies.length,
      companies: companies.slice(0, PREVIEW_COMPANIES),
      next_url: next_url ?? null,
    };
  }
  if (late.aborted || !outcome || !("reason" in outcome))
    throw new ApiError(504, "too_slow", "The page did not answer in time. Try again in a while.");
  throw new ApiError(409, outcome.code, outcome.reason);
}

/** Whether the user may start research in the workspace; the database decides, as the user. */
async function requireMember(db: Db, claims: UserClaims, workspaceId: string): Promise<void> {
  const [row] = await writeAsUser(
    db,
    claims,
    (transaction) => transaction<{ may: boolean }[]>`
      select ${workspaceId}::uuid = any (array(select private.my_workspaces('member'))) as may`,
  );
  if (!row?.may)
    throw new ApiError(
      403,
      "forbidden",
      "Your role in this workspace does not allow this. Ask an owner or admin.",
    );
}
