import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { parse } from "smol-toml";
import { StackError } from "./stack-error.ts";

type Table = Record<string, unknown>;

/** What supabase/config.toml says that this stack heeds. */
export interface ProjectConfig {
  maxRows: number;
  enableSignup: boolean;
  enableConfirmations: boolean;
  minimumPasswordLength: number;
  /** The [functions.<name>] tables as they are. */
  functions: Table;
}

const isTable = (value: unknown): value is Table =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** The table of that name; empty when there is none. */
export function subtable(parent: Table, name: string): Table {
  const value = Object.hasOwn(parent, name) ? parent[name] : undefined;
  return isTable(value) ? value : {};
}

/** Reads supabase/config.toml; what it does not say is as the CLI's defaults. Throws a StackError when it is no TOML. */
export function readProjectConfig(projectDir: string): ProjectConfig {
  const path = join(projectDir, "supabase", "config.toml");
  let root: Table = {};
  if (statSync(path, { throwIfNoEntry: false })) {
    try {
      root = parse(readFileSync(path, "utf8"));
    } catch (error) {
      throw new StackError(`${path} cannot be read: ${firstLine(error)}`, { cause: error });
    }
  }
  const auth = subtable(root, "auth");
  const { max_rows: maxRows } = subtable(root, "api");
  const { minimum_password_length: minimum } = auth;
  return {
    maxRows: typeof maxRows === "number" ? maxRows : 1000,
    enableSignup: auth.enable_signup !== false,
    enableConfirmations: subtable(auth, "email").enable_confirmations === true,
    minimumPasswordLength: typeof minimum === "number" ? minimum : 6,
    functions: subtable(root, "functions"),
  };
}

const firstLine = (error: unknown) => String(error instanceof Error ? error.message : error).split("\n")[0];
