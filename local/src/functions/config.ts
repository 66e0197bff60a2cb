import { statSync } from "node:fs";
import { join } from "node:path";
import { type ProjectConfig, subtable } from "../project-config.ts";

/** What config.toml says about one function; the defaults are hosted's. */
export interface FunctionConfig {
  verifyJwt: boolean;
  /** Absolute path of its entry. */
  entrypoint: string;
  /** Absolute path of its deno.json, if there is one. */
  denoConfig: string | undefined;
}

const namePattern = /^[A-Za-z][A-Za-z0-9_-]*$/;
const isFile = (path: string) => statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;

/** Looks up functions by name; null when the project has no such function or has switched it off. */
export function functionConfigs(
  projectDir: string,
  { functions }: Pick<ProjectConfig, "functions">,
): (name: string) => FunctionConfig | null {
  const folder = join(projectDir, "supabase", "functions");
  return (name) => {
    // The name comes from a URL: nothing but a plain name may become part of a path.
    if (!namePattern.test(name)) return null;
    const settings = subtable(functions, name);
    const configured = (key: string) =>
      typeof settings[key] === "string" ? join(projectDir, "supabase", settings[key]) : undefined;
    const entrypoint = configured("entrypoint") ?? join(folder, name, "index.ts");
    if (settings.enabled === false || !isFile(entrypoint)) return null;
    return {
      verifyJwt: settings.verify_jwt !== false,
      entrypoint,
      denoConfig: [configured("import_map"), join(folder, name, "deno.json"), join(folder, "deno.json")].find(
        (path) => path !== undefined && isFile(path),
      ),
    };
  };
}
