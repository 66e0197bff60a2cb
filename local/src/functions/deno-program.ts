import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { StackError } from "../stack-error.ts";

/** The Deno program of the installed package for this platform. */
export function findDeno(): string {
  const { platform, arch } = process;
  const name = `@deno/${platform}-${arch}${platform === "linux" ? "-glibc" : ""}`;
  try {
    const outer = createRequire(import.meta.url).resolve("deno/package.json");
    const folder = dirname(createRequire(outer).resolve(`${name}/package.json`));
    return join(folder, platform === "win32" ? "deno.exe" : "deno");
  } catch (error) {
    throw new StackError(
      `Deno for this platform is not installed (${name}): run npm install without --omit=optional.`,
      { cause: error },
    );
  }
}
