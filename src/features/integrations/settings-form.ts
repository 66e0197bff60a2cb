import type { Integration, IntegrationKind } from "@contracts";
import { type NumberRule, readNumber } from "@/lib/typed-number";

/** The settings of an integration that people edit. */
export type IntegrationSettings = Pick<
  Integration,
  | "name"
  | "url"
  | "auth_header"
  | "batch_size"
  | "max_in_flight"
  | "requests_per_second"
  | "burst"
  | "timeout_seconds"
  | "deadline_seconds"
  | "cost_per_job"
  | "cache_days"
>;

/** The fields of the form as they are typed; the deadline in minutes. */
export type SettingsText = Record<
  Exclude<keyof IntegrationSettings, "deadline_seconds"> | "deadline_minutes",
  string
>;

/** The database's own limits. */
export const RULES = {
  batch_size: { min: 1, max: 100, whole: true },
  max_in_flight: { min: 1, max: 200, whole: true },
  requests_per_second: { min: 0.01, max: 1_000, whole: false, optional: true },
  burst: { min: 1, max: 1_000, whole: true },
  timeout_seconds: { min: 1, max: 60, whole: true },
  deadline_minutes: { min: 1, max: 1_440, whole: false },
  cost_per_job: { min: 0, max: 10_000, whole: false },
  cache_days: { min: 0, max: 365, whole: true },
} satisfies Record<string, NumberRule>;

/** What is wrong with the address of a webhook, in words; null if nothing is. Whether it is reachable is found out by a test. */
export function checkUrl(text: string): string | null {
  const address = text.trim();
  if (address === "") return "Enter the address that requests are sent to.";
  if (!URL.canParse(address)) return "This is not an address. It begins with https:// and has no spaces.";
  const { protocol, username, password } = new URL(address);
  if (protocol !== "https:" && protocol !== "http:")
    return `An address that begins with ${protocol} cannot be used: it has to be https:// (or http://).`;
  if (username !== "" || password !== "")
    return "Leave the user name and password out of the address; save them as a header’s secret instead.";
  if (/\s/.test(address)) return "An address has no spaces.";
  return address.length > 2_000 ? "This address is too long: at most 2,000 characters." : null;
}

/** What is wrong with the name of a header, in words; null if nothing is, or if there is none. */
export function checkHeader(text: string): string | null {
  const fits = text.trim() === "" || /^[A-Za-z0-9-]{1,100}$/.test(text.trim());
  return fits ? null : "A header’s name has letters, digits and hyphens only, such as X-Api-Key.";
}

export function checkName(text: string): string | null {
  return text.trim() === "" ? "Give the integration a name." : null;
}

/** The settings as the form shows them. */
export function settingsText(integration: IntegrationSettings): SettingsText {
  return {
    name: integration.name,
    url: integration.url,
    auth_header: integration.auth_header ?? "",
    batch_size: String(integration.batch_size),
    max_in_flight: String(integration.max_in_flight),
    requests_per_second: integration.requests_per_second?.toString() ?? "",
    burst: String(integration.burst),
    timeout_seconds: String(integration.timeout_seconds),
    deadline_minutes: String(Math.round((integration.deadline_seconds / 60) * 100) / 100),
    cost_per_job: String(integration.cost_per_job),
    cache_days: String(integration.cache_days),
  };
}

/** The settings that a checked form says. A Clay table takes one row a request. */
export function readSettings(kind: IntegrationKind, text: SettingsText): IntegrationSettings {
  return {
    name: text.name.trim(),
    url: text.url.trim(),
    auth_header: text.auth_header.trim() || null,
    batch_size: kind === "clay" ? 1 : readNumber(text.batch_size),
    max_in_flight: readNumber(text.max_in_flight),
    requests_per_second: text.requests_per_second.trim() === "" ? null : readNumber(text.requests_per_second),
    burst: readNumber(text.burst),
    timeout_seconds: readNumber(text.timeout_seconds),
    deadline_seconds: Math.round(readNumber(text.deadline_minutes) * 60),
    cost_per_job: readNumber(text.cost_per_job),
    cache_days: readNumber(text.cache_days),
  };
}
