import { StackError } from "./stack-error.ts";

const [minimumMajor, minimumMinor] = [20, 19];

/** Throws a StackError when this Node is older than 20.19. */
export function checkNodeVersion(version = process.versions.node): void {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  if (major < minimumMajor || (major === minimumMajor && minor < minimumMinor)) {
    throw new StackError(
      `Node ${version} is too old: install Node ${minimumMajor}.${minimumMinor} or newer.`,
    );
  }
}
