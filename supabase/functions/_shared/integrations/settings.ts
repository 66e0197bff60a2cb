import { type OutboundPolicy, parseAllowHosts } from "../outbound/policy.ts";
import { optionalSetting } from "../settings.ts";
import { type KeyRing, parseKeyRing } from "./key-ring.ts";

/** What this installation knows about reaching integrations and being reached by them. */
export interface IntegrationSettings {
  policy: OutboundPolicy;
  /** Null while INTEGRATION_KEYS is not set. */
  ring: KeyRing | null;
  /** Where the functions are reached from outside; null while PUBLIC_URL is not set. */
  publicUrl: string | null;
  /** Where the app is; null while APP_URL is not set. */
  appUrl: string | null;
}

/** Why nothing can be sent to integrations, and nothing of theirs be checked. */
export const NOT_SET_UP =
  "This installation cannot use integrations yet: INTEGRATION_KEYS or PUBLIC_URL is not set. Whoever runs it finds the steps in docs/deploy.md.";

/** The settings as the environment has them. Throws for one that cannot be read. */
export function integrationSettings(): IntegrationSettings {
  const keys = optionalSetting("INTEGRATION_KEYS");
  return {
    policy: parseAllowHosts(optionalSetting("OUTBOUND_ALLOW_HOSTS")),
    ring: keys ? parseKeyRing(keys) : null,
    publicUrl: address("PUBLIC_URL"),
    appUrl: address("APP_URL"),
  };
}

function address(name: string): string | null {
  const url = optionalSetting(name) ?? null;
  if (url !== null && !(URL.canParse(url) && /^https?:$/.test(new URL(url).protocol))) {
    throw new Error(`${name} is not an address that starts with https:// or http://.`);
  }
  return url;
}

/** Where results of an integration are handed in. */
export function callbackUrl(publicUrl: string, integrationId: string): string {
  return new URL(`/functions/v1/research-callback?integration=${integrationId}`, publicUrl).href;
}

/** The integration's page in the app: the source of values that name none. */
export function integrationPage(appUrl: string, integrationId: string): string {
  return new URL(`/settings/integrations/${integrationId}`, appUrl).href;
}
