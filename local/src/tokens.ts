import {
  calculateJwkThumbprint,
  errors,
  exportJWK,
  generateKeyPair,
  importJWK,
  type JWK,
  jwtVerify,
  SignJWT,
} from "jose";

export type Claims = Record<string, unknown>;

const algorithm = "ES256";
const maxRemembered = 1000;

type Key = Awaited<ReturnType<typeof importJWK>>;

/** A new private key for Tokens.create, as a JWK to keep: one for each data directory, readable by its owner alone. */
export async function generateSigningKey(): Promise<JWK> {
  const { privateKey } = await generateKeyPair(algorithm, { extractable: true });
  const jwk = await exportJWK(privateKey);
  return { ...jwk, kid: await calculateJwkThumbprint(jwk), alg: algorithm, use: "sig" };
}

/** Signs and checks the stack's JWTs with one ES256 key pair, as hosted projects with signing keys do. */
export class Tokens {
  readonly issuer: string;
  /** What /auth/v1/.well-known/jwks.json answers: the public half. */
  readonly publicKeys: { keys: JWK[] };
  readonly #privateKey: Key;
  readonly #publicKey: Key;
  readonly #kid: string;
  readonly #seen = new Map<string, { claims: Claims; until: number }>();

  private constructor(issuer: string, privateKey: Key, publicKey: Key, kid: string, publicJwk: JWK) {
    this.issuer = issuer;
    this.publicKeys = { keys: [publicJwk] };
    this.#privateKey = privateKey;
    this.#publicKey = publicKey;
    this.#kid = kid;
  }

  /**
   * @param privateJwk made by generateSigningKey; anything but an ES256 private key is refused
   * @param issuer the `iss` of the tokens: the public URL of Auth, "http://127.0.0.1:54321/auth/v1"
   */
  static async create(privateJwk: JWK, issuer: string): Promise<Tokens> {
    const { kty, crv, x, y, d } = privateJwk;
    if (kty !== "EC" || crv !== "P-256" || !x || !y || !d) {
      throw new Error("The signing key must be a private P-256 JWK, as generateSigningKey makes.");
    }
    const kid = privateJwk.kid ?? (await calculateJwkThumbprint({ kty, crv, x, y }));
    const publicJwk: JWK = { kty, crv, x, y, kid, alg: algorithm, use: "sig", key_ops: ["verify"] };
    const [privateKey, publicKey] = await Promise.all([
      importJWK({ kty, crv, x, y, d }, algorithm),
      importJWK({ kty, crv, x, y }, algorithm),
    ]);
    return new Tokens(issuer, privateKey, publicKey, kid, publicJwk);
  }

  /** A JWT of these claims that expires after `lifetimeSeconds`. */
  sign(claims: Claims, lifetimeSeconds: number): Promise<string> {
    const now = Math.floor(Date.now() / 1000);
    return new SignJWT({ ...claims, iss: this.issuer, iat: now, exp: now + lifetimeSeconds })
      .setProtectedHeader({ alg: algorithm, kid: this.#kid, typ: "JWT" })
      .sign(this.#privateKey);
  }

  /** The claims of a token that this key signed and that is valid now; otherwise throws "JWT expired" or what is wrong. */
  async verify(token: string): Promise<Claims> {
    const known = this.#seen.get(token);
    if (known && known.until > Date.now()) return known.claims;
    this.#seen.delete(token);
    try {
      const { payload } = await jwtVerify(token, this.#publicKey, {
        algorithms: [algorithm],
        requiredClaims: ["exp"],
      });
      this.#remember(token, payload, (payload.exp ?? 0) * 1000);
      return payload;
    } catch (error) {
      if (error instanceof errors.JWTExpired) throw new Error("JWT expired");
      throw new Error(error instanceof errors.JOSEError ? error.message : "JWT invalid");
    }
  }

  #remember(token: string, claims: Claims, until: number): void {
    if (this.#seen.size >= maxRemembered) this.#seen.clear();
    this.#seen.set(token, { claims, until });
  }
}
