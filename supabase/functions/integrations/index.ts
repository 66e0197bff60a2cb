import { projectKeys } from "../_shared/auth.ts";
import { connect } from "../_shared/db.ts";
import { integrationSettings } from "../_shared/integrations/settings.ts";
import { setting } from "../_shared/settings.ts";
import { createHandler } from "./handler.ts";

Deno.serve(
  createHandler({
    db: connect(setting("SUPABASE_DB_URL")),
    keys: projectKeys(setting("SUPABASE_URL")),
    settings: integrationSettings(),
  }),
);
