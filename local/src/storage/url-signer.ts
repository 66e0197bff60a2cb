import { randomBytes } from "node:crypto";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { errors, jwtVerify, SignJWT } from "jose";
import { StorageFault } from "./errors.ts";
import { isMissing } from "./files.ts";

type Purpose = "download" | "upload";

/** What an upload URL allows beyond its object. */
export interface UploadGrant {
  owner?: string;
  upsert?: boolean;
}

const algorithm = "HS256";

/**
 * Signs URLs with a key of their own: such a token is nobody's session, and a session's token opens no URL. The purpose
 * is signed too, so a link to read never allows writing.
 */
export class UrlSigner {
  readonly #key: Uint8Array;

  constructor(key: Uint8Array) {
    this.#key = key;
  }

  /** Takes the key of a storage directory, made when there is none. */
  static async open(directory: string): Promise<UrlSigner> {
    const path = join(directory, "url-signing.key");
    try {
      return new UrlSigner(await readFile(path));
    } catch (error) {
      if (!isMissing(error)) throw error;
    }
    const key = randomBytes(32);
    await writeFile(path, key, { mode: 0o600, flush: true });
    return new UrlSigner(key);
  }

  /** A token for the object `url` ("bucket/name") that expires after `seconds`. */
  sign(purpose: Purpose, url: string, seconds: number, grant: UploadGrant = {}): Promise<string> {
    const now = Math.floor(Date.now() / 1000);
    return new SignJWT({ ...grant, url })
      .setProtectedHeader({ alg: algorithm })
      .setAudience(purpose)
      .setIssuedAt(now)
      .setExpirationTime(now + seconds)
      .sign(this.#key);
  }

  /** Throws "InvalidJWT" or "InvalidSignature" unless the token was signed for this and is valid now. */
  async verify(purpose: Purpose, url: string, token: string): Promise<UploadGrant> {
    try {
      const { payload } = await jwtVerify(token, this.#key, {
        algorithms: [algorithm],
        audience: purpose,
        requiredClaims: ["exp"],
      });
      if (payload.url === url) {
        const { owner, upsert } = payload;
        return { ...(typeof owner === "string" && { owner }), upsert: upsert === true };
      }
    } catch (error) {
      if (!(error instanceof errors.JOSEError)) throw error;
      throw new StorageFault(400, "InvalidJWT", error.message);
    }
    throw new StorageFault(400, "InvalidSignature", "The signed URL is for another object");
  }
}
