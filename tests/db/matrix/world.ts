import type { Person, TestDatabase } from "../../support/database.ts";
import { channelKeyOf } from "../../support/topics.ts";
import type { Identity } from "./attempt.ts";
import { furnish, type Side } from "./furnish.ts";
import { anon, type Caller, signedIn } from "./people.ts";

export type { Side } from "./furnish.ts";

/** Two workspaces with a row in every table, and the people who try to get at workspace A. */
export interface World {
  callers: Record<Caller, Identity>;
  a: Side;
  b: Side;
}

/** Text of an expectation with `{name}` as ids of `side` and `{other.name}` as those of `other`, quoted. */
export function fill(text: string, side: Side, other: Side): string {
  return text.replaceAll(/\{(other\.)?(\w+)\}/g, (_, isOther, name) => {
    const id = (isOther ? other : side).ids[name];
    if (id === undefined) throw new Error(`There is no {${name}}: add it to tests/db/matrix/furnish.ts.`);
    return `'${id}'`;
  });
}

export async function makeWorld(database: TestDatabase): Promise<World> {
  const make = (name: string) => database.makePerson(name);
  const people = {
    outsider: await make("outsider"),
    removed: await make("removed"),
    invited: await make("invited"),
    unconfirmed: await make("unconfirmed"),
    viewer: await make("viewer"),
    member: await make("member"),
    admin: await make("admin"),
    owner: await make("owner"),
  };
  const { owner, outsider, removed } = people;
  await database.sql`update auth.users set email_confirmed_at = null where id = ${people.unconfirmed.id}`;
  const gone = await make("gone");
  await database.sql`delete from auth.users where id = ${gone.id}`;
  const more = {
    another_admin: await make("second-admin"),
    another_owner: await make("second-owner"),
    demoted: await make("demoted"),
  };
  const join = (person: Person, role: "viewer" | "member" | "admin" | "owner") =>
    database.addMember(owner.workspaceId, person, role);
  await join(people.viewer, "viewer");
  await join(people.member, "member");
  await join(people.admin, "admin");
  await join(more.another_admin, "admin");
  await join(more.another_owner, "owner");
  await join(removed, "admin");
  await join(more.demoted, "admin");
  const a = await furnish(database, owner, people);
  const b = await furnish(database, outsider, {
    invited: more.another_admin,
    unconfirmed: more.another_owner,
  });
  for (const [name, { id }] of Object.entries({ ...people, ...more }))
    a.ids[name.includes("_") ? name : `the_${name}`] = id;
  a.ids.elsewhere = removed.workspaceId;
  a.ids.old_key = await channelKeyOf(database.sql, owner.workspaceId);
  await database.as(owner, (sql) => sql`select public.remove_member(${owner.workspaceId}, ${removed.id})`);
  a.ids.lapsed_token = await inviteAndLoseTheRight(database, owner.workspaceId, more.demoted, removed.email);
  await database.addMember(outsider.workspaceId, more.another_admin, "admin");
  for (const side of [a, b]) side.ids.channel_key = await channelKeyOf(database.sql, side.workspaceId);
  const identity = ({ id, email }: Person) => signedIn(id, email);
  return {
    callers: {
      anon,
      outsider: identity(outsider),
      removed: identity(removed),
      invited: identity(people.invited),
      unconfirmed: identity(people.unconfirmed),
      gone: identity(gone),
      viewer: identity(people.viewer),
      member: identity(people.member),
      admin: identity(people.admin),
      owner: identity(owner),
    },
    a,
    b,
  };
}

/** An invite by an admin who was made a member afterwards; its link's token. */
async function inviteAndLoseTheRight(
  database: TestDatabase,
  workspaceId: string,
  person: Person,
  email: string,
): Promise<string> {
  const [link] = await database.as(
    person,
    (sql) => sql`
    select public.make_invite_link((public.invite_member(${workspaceId}, ${email}, 'viewer') ->> 'id')::uuid) ->> 'token' as token`,
  );
  await database.sql`update public.workspace_members set role = 'member' where workspace_id = ${workspaceId} and user_id = ${person.id}`;
  return link?.token;
}
