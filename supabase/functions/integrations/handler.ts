import type { JWTVerifyGetKey } from "jose";
import { requireUser, type UserClaims } from "../_shared/auth.ts";
import { integrationsRequest } from "../_shared/contracts/integration-calls.ts";
import { type Db, writeAsUser } from "../_shared/db.ts";
import { ApiError } from "../_shared/errors.ts";
import { postHandler, readJson } from "../_shared/http.ts";
import type { SecretOwner } from "../_shared/integrations/secret-box.ts";
import type { IntegrationSettings } from "../_shared/integrations/settings.ts";
import { saveSecret } from "./save-secret.ts";
import { sendTest } from "./send-test.ts";

interface IntegrationsOptions {
  db: Db;
  keys: JWTVerifyGetKey;
  settings: IntegrationSettings;
}

/** What admins do with integrations that needs more than the database: keep a secret, send a test. */
export function createHandler({ db, keys, settings }: IntegrationsOptions) {
  return postHandler(async (request) => {
    const claims = await requireUser(request, keys);
    const parsed = integrationsRequest.safeParse(await readJson(request, 20_000));
    if (!parsed.success) throw new ApiError(400, "bad_request", "This request cannot be read.");
    const asked = parsed.data;
    const owner = await requireManager(db, claims, asked.integration_id);
    const result =
      asked.action === "save_secret"
        ? await saveSecret(db, settings.ring, owner, asked.purpose, asked.secret)
        : await sendTest(db, settings, owner.integrationId, asked.stage);
    return Response.json(result);
  });
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
