import process from "node:process";

/** A setting of the function's environment that must be there. */
export function setting(name: string): string {
  const value = process.env[name];
  if (value === undefined || value === "") throw new Error(`The secret ${name} is not set.`);
  return value;
}

/** A setting that may be missing. */
export function optionalSetting(name: string): string | undefined {
  return process.env[name] || undefined;
}

/** The project's secret key, for its own APIs: of the named ones hosted gives, the default; else the legacy one. */
export function secretKey(): string {
  const named = optionalSetting("SUPABASE_SECRET_KEYS");
  const keys: unknown = named ? JSON.parse(named) : null;
  if (typeof keys === "object" && keys !== null && "default" in keys && typeof keys.default === "string") {
    return keys.default;
  }
  return setting("SUPABASE_SERVICE_ROLE_KEY");
}
