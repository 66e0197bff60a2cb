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
