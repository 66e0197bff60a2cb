import type { JWTVerifyGetKey } from "jose";
import { requireUser, type UserClaims } from "../_shared/auth.ts";
import {
  type Invite,
  type InviteRequest,
  type InviteResult,
  inviteLink,
  invitePath,
  inviteRequest,
  invite as inviteSchema,
} from "../_shared/contracts/members.ts";
import { type Db, writeAsUser } from "../_shared/db.ts";
import { ApiError, toApiError } from "../_shared/errors.ts";
import { postHandler, readJson } from "../_shared/http.ts";
import type { SendMail } from "./mailer.ts";

interface InvitesOptions {
  db: Db;
  keys: JWTVerifyGetKey;
  /** Where the app is; links in mails are never guessed. */
  appUrl: string | undefined;
  sendMail: SendMail;
}

const kept = "The invite is kept: copy its link and send it yourself.";

/** Invites an address, or mails a pending invite again. What the caller may is decided by the database, as the caller. */
export function createHandler({ db, keys, appUrl, sendMail }: InvitesOptions) {
  return postHandler(async (request) => {
    const claims = await requireUser(request, keys);
    const parsed = inviteRequest.safeParse(await readJson(request, 10_000));
    if (!parsed.success) throw new ApiError(400, "bad_request", "This invite cannot be read.");
    const invite = await makeInvite(db, claims, parsed.data);
    const problem = await mail(invite);
    const result: InviteResult = { invite: problem ? invite : await noteMailed(db, invite), problem };
    return Response.json(result);

    /** Why no mail was sent; null when one was. Whether the address has an account makes no difference to the answer. */
    async function mail({ id, email }: Invite): Promise<string | null> {
      if (!appUrl) return `This installation has no address for its mails (APP_URL). ${kept}`;
      const token = await makeLink(db, claims, id);
      if (token instanceof ApiError) return token.message;
      try {
        await sendMail(email, new URL(invitePath(id, token), appUrl).href);
        return null;
      } catch (error) {
        console.error(error);
        return `The mail could not be sent. ${kept}`;
      }
    }
  });
}

function makeInvite(db: Db, claims: UserClaims, request: InviteRequest): Promise<Invite> {
  return writeAsUser(db, claims, async (transaction) => {
    const [row] =
      "invite_id" in request
        ? await transaction`select to_jsonb(i) as invite from public.workspace_invites i where i.id = ${request.invite_id} and i.status = 'pending'`
        : await transaction`select public.invite_member(${request.workspace_id}, ${request.email}, ${request.role}) as invite`;
    if (!row) throw new ApiError(404, "not_found", "This invite does not exist any more.");
    return inviteSchema.parse(row.invite);
  });
}

/** The token of a link to be mailed, or that too many mails were sent already. */
async function makeLink(db: Db, claims: UserClaims, id: string): Promise<string | ApiError> {
  try {
    return await writeAsUser(db, claims, async (transaction) => {
      const [row] = await transaction`select public.make_invite_link(${id}, true) as link`;
      return inviteLink.parse(row?.link).token;
    });
  } catch (error) {
    const known = toApiError(error);
    if (known.code === "too_many_mails") return known;
    throw error;
  }
}

async function noteMailed(db: Db, { id }: Invite): Promise<Invite> {
  const [row] = await db`select to_jsonb(private.note_invite_mailed(${id})) as invite`;
  return inviteSchema.parse(row?.invite);
}
