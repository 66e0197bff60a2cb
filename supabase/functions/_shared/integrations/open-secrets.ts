import type { KeyRing } from "./key-ring.ts";
import { openSecret, type SealedSecret, SecretBoxError, type SecretOwner } from "./secret-box.ts";

/** Sealed secrets of an integration; `signing`: the newest, and the one before while it is still valid. */
export interface SealedSecrets {
  signing?: SealedSecret[];
  header?: SealedSecret;
}

/** Secrets of an integration, opened. */
export interface OpenSecrets {
  /** The newest, and the one before while it is still valid; none when none was saved. */
  signing: string[];
  header: string | null;
}

/**
 * Opens the secrets of an integration. One before the newest that does not open any more is left out: it was replaced. Throws
 * SecretBoxError.
 */
export async function openSecrets(
  ring: KeyRing,
  owner: SecretOwner,
  { signing: [newest, ...previous] = [], header }: SealedSecrets,
): Promise<OpenSecrets> {
  const signing = newest ? [await openSecret(ring, owner, newest)] : [];
  for (const sealed of previous) {
    try {
      signing.push(await openSecret(ring, owner, sealed));
    } catch (error) {
      if (!(error instanceof SecretBoxError)) throw error;
    }
  }
  return { signing, header: header ? await openSecret(ring, owner, header) : null };
}
