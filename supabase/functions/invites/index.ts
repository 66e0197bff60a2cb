import { projectKeys } from "../_shared/auth.ts";
import { connect } from "../_shared/db.ts";
import { optionalSetting, secretKey, setting } from "../_shared/settings.ts";
import { createHandler } from "./handler.ts";
import { authMailer } from "./mailer.ts";

const url = setting("SUPABASE_URL");

Deno.serve(
  createHandler({
    db: connect(setting("SUPABASE_DB_URL")),
    keys: projectKeys(url),
    appUrl: optionalSetting("APP_URL"),
    sendMail: authMailer({ url, secretKey: secretKey() }),
  }),
);
