/** Where the API is. `/config.json` holds it, so that one build serves every installation. */
export interface AppConfig {
  /** Base URL of the Supabase project. */
  url: string;
  publishableKey: string;
  /** Mail is not sent but shown at `/mailbox` (the embedded stack). */
  mailbox: boolean;
}

let current: AppConfig | undefined;

/** Checks what `/config.json` holds. Throws an Error that says what is missing. */
export function parseConfig(value: unknown): AppConfig {
  if (typeof value !== "object" || value === null) throw new Error("/config.json is not a JSON object.");
  const { url, publishableKey, mailbox } = value as Record<string, unknown>; // an object: every key may be read, each is checked below
  if (typeof url !== "string" || !URL.canParse(url)) throw new Error('/config.json has no valid "url".');
  if (typeof publishableKey !== "string" || publishableKey === "") {
    throw new Error('/config.json has no "publishableKey".');
  }
  return { url, publishableKey, mailbox: mailbox === true };
}

/** Reads `/config.json`. Throws when it is missing or wrong. */
export async function loadConfig(): Promise<AppConfig> {
  const response = await fetch("/config.json", { cache: "no-store" });
  if (!response.ok) throw new Error(`/config.json answered ${response.status}.`);
  current = parseConfig(await response.json());
  return current;
}

/** The configuration that `loadConfig` read. */
export function getConfig(): AppConfig {
  if (!current) throw new Error("The configuration was asked for before it was loaded.");
  return current;
}
