import { projectKeys } from "../_shared/auth.ts";
import { connect } from "../_shared/db.ts";
import { integrationSettings } from "../_shared/integrations/settings.ts";
import { parseProxies } from "../_shared/outbound/proxies.ts";
import { ProxyPool } from "../_shared/outbound/proxy-pool.ts";
import { createWebProvider } from "../_shared/providers/web/provider.ts";
import { optionalSetting, setting } from "../_shared/settings.ts";
import { createHandler } from "./handler.ts";

const settings = integrationSettings();
const ways = parseProxies(optionalSetting("OUTBOUND_PROXIES"));
const proxies = ways ? new ProxyPool(ways) : undefined;

Deno.serve(
  createHandler({
    db: connect(setting("SUPABASE_DB_URL")),
    keys: projectKeys(setting("SUPABASE_URL")),
    settings,
    webResearcher: createWebProvider({ policy: settings.policy, proxies }),
  }),
);
