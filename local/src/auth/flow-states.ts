import { createHash, randomBytes, timingSafeEqual } from "node:crypto";
import type pg from "pg";
import { AuthError } from "./errors.ts";

/** What a client of the code flow (PKCE, RFC 7636) sends first: only who knows the verifier can use the code. */
export interface Challenge {
  value: string;
  method: "s256" | "plain";
}

const codeLifetimeSeconds = 300;
const forgottenAfter = "1 day";

/** Code flows under way: started with a mail, given a code by its link, ended by exchanging the code. */
export class FlowStates {
  readonly #pool: pg.Pool;

  constructor(pool: pg.Pool) {
    this.#pool = pool;
  }

  /** Remembers the challenge; gives the flow's id. `method` is what the session's token will say of how it began. */
  async start(userId: string, challenge: Challenge, method: string): Promise<string> {
    const { rows } = await this.#pool.query<{ id: string }>(
      `with stale as (delete from auth.flow_state where user_id = $1 and created_at < now() - $5::interval)
       insert into auth.flow_state (user_id, code_challenge, code_challenge_method, authentication_method)
       values ($1, $2, $3, $4) returning id`,
      [userId, challenge.value, challenge.method, method, forgottenAfter],
    );
    const [flow] = rows;
    if (!flow) throw new Error("auth.flow_state returned no row");
    return flow.id;
  }

  /** A code for a flow whose link was followed; good for five minutes. Only its hash is kept. */
  async issueCode(id: string): Promise<string> {
    const code = randomBytes(24).toString("base64url");
    const { rowCount } = await this.#pool.query(
      "update auth.flow_state set auth_code = $2, auth_code_issued_at = now(), updated_at = now() where id = $1",
      [id, hashOf(code)],
    );
    if (rowCount === 0) throw notFound();
    return code;
  }

  /** Uses up a code, rightly or wrongly. Throws AuthError unless the verifier fits the challenge. */
  async exchange(code: string, verifier: string): Promise<{ userId: string; method: string }> {
    const { rows } = await this.#pool.query<{
      user_id: string;
      code_challenge: string;
      code_challenge_method: string;
      authentication_method: string;
      fresh: boolean;
    }>(
      `delete from auth.flow_state where auth_code = $1
       returning *, auth_code_issued_at > now() - $2 * interval '1 second' as fresh`,
      [hashOf(code), codeLifetimeSeconds],
    );
    const [flow] = rows;
    if (!flow) throw notFound();
    if (!flow.fresh) {
      throw new AuthError(403, "flow_state_expired", "invalid flow state, flow state has expired");
    }
    const challenge: Challenge = {
      value: flow.code_challenge,
      method: flow.code_challenge_method === "plain" ? "plain" : "s256",
    };
    if (!fits(verifier, challenge)) {
      const message = "code challenge does not match previously saved code verifier";
      throw new AuthError(403, "bad_code_verifier", message);
    }
    return { userId: flow.user_id, method: flow.authentication_method };
  }
}

/** Whether the challenge was made from this verifier. */
export function fits(verifier: string, { value, method }: Challenge): boolean {
  const made = method === "plain" ? verifier : createHash("sha256").update(verifier).digest("base64url");
  const [a, b] = [Buffer.from(made), Buffer.from(value)];
  return a.length === b.length && timingSafeEqual(a, b);
}

function hashOf(code: string): string {
  return createHash("sha256").update(code).digest("hex");
}

function notFound(): AuthError {
  return new AuthError(404, "flow_state_not_found", "invalid flow state, no valid flow state found");
}
