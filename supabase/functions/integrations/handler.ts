import type { JWTVerifyGetKey } from "jose";
import { requireUser, type UserClaims } from "../_shared/auth.ts";
import { type IntegrationsRequest, integrationsRequest } from "../_shared/contracts/integration-calls.ts";
import { type Db, writeAsUser } from "../_shared/db.ts";
import { ApiError } from "../_shared/errors.ts";
import { postHandler, readJson } from "../_shared/http.ts";
import type { SecretOwner } from "../_shared/integrations/secret-box.ts";
import type { IntegrationSettings } from "../_shared/integrations/settings.ts";
import type { Provider } from "../_shared/providers/provider.ts";
import { previewSource } from "./preview-source.ts";
import { redeliver } from "./redeliver.ts";
import { saveSecret } from "./save-secret.ts";
import { sendTest } from "./send-test.ts";

interface IntegrationsOptions {
  db: Db;
  keys: JWTVerifyGetKey;
  settings: IntegrationSettings;
  /** Reads sources that are tried. */
  webResearcher: Provider;
}

/** What people do with integrations that needs more than the database: admins keep a secret and send a test, members send a request again. */
export function createHandler(options: IntegrationsOptions) {
  return postHandler(async (request) => {
    const claims = await requireUser(request, options.keys);
    const parsed = integrationsRequest.safeParse(await readJson(request, 20_000));
    if (!parsed.success) throw new ApiError(400, "bad_request", "This request cannot be read.");
    return Response.json(await answer(options, claims, parsed.data));
  });
}

async function answer(
  { db, settings, webResearcher }: IntegrationsOptions,
  claims: UserClaims,
  asked: IntegrationsRequest,
) {
  if (asked.action === "redeliver") return redeliver(db, settings, claims, asked.delivery_id);
  if (asked.action === "preview_source") return previewSource(db, webResearcher, claims, asked);
  const owner = await requireManager(db, claims, asked.integration_id);
  return asked.action === "save_secret"
    ? saveSecret(db, settings.ring, owner, asked.purpose, asked.secret)
    : sendTest(db, settings, owner.integrationId, asked.stage);
}

/** Whose integration it is, if the caller may manage it; the database decides, as the caller. */
async function requireManager(db: Db, claims: UserClaims, integrationId: string): Promise<SecretOwner> {
  const [row] = await writeAsUser(
    db,
    claims,
    (transaction) => transaction<{ workspace_id: string }[]>`
      select public.may_manage_integration(${integrationId}) as workspace_id`,
  );
  if (!row) throw new Error("may_manage_integration gave nothing");
  return { workspaceId: row.workspace_id, integrationId };
}
