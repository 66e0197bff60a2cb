import { beforeEach } from "vitest";
import { type Person, testDatabase } from "./database.ts";

export interface Invite {
  id: string;
  email: string;
  role: string;
}

const NOBODY: Person = { id: "", workspaceId: "", email: "" };

/** A database for the tests of one file; before each test a new owner with a workspace, and a guest with an account. */
export function inviteBench() {
  const database = testDatabase();
  /** What a function of the database answers to a person, as `answer`. */
  const ask = async (actor: Person, call: Parameters<typeof database.current.as>[1]) => {
    const [row] = Object(await database.current.as(actor, call));
    return row?.answer;
  };
  const bench = {
    owner: NOBODY,
    guest: NOBODY,
    workspace: "",

    get current() {
      return database.current;
    },

    invite: (actor: Person, email: string | null, role: string | null): Promise<Invite> =>
      ask(actor, (sql) => sql`select public.invite_member(${bench.workspace}, ${email}, ${role}) as answer`),

    /** The token of a new link for the invite. */
    link: async (actor: Person, id: string, toBeMailed = false): Promise<string> =>
      (await ask(actor, (sql) => sql`select public.make_invite_link(${id}, ${toBeMailed}) as answer`))?.token,

    accept: (person: Person, token: string | null) =>
      ask(person, (sql) => sql`select public.accept_invite(${token}) as answer`),

    look: (person: Person, id: string, token: string | null = null) =>
      ask(person, (sql) => sql`select public.get_invite(${id}, ${token}) as answer`),

    revoke: (actor: Person, id: string) =>
      ask(actor, (sql) => sql`select public.revoke_invite(${id}) as answer`),

    decline: (actor: Person, id: string) =>
      ask(actor, (sql) => sql`select public.decline_invite(${id}) as answer`),

    /** Somebody new who is in the workspace. */
    async join(role: string): Promise<Person> {
      const person = await bench.current.makePerson(role);
      await bench.current.sql`insert into public.workspace_members (workspace_id, user_id, role, email)
        values (${bench.workspace}, ${person.id}, ${role}, ${person.email})`;
      return person;
    },

    async roleOf(person: Person) {
      const [row] = await bench.current
        .sql`select role from public.workspace_members where workspace_id = ${bench.workspace} and user_id = ${person.id}`;
      return row?.role;
    },
  };
  beforeEach(async () => {
    bench.owner = await bench.current.makePerson("owner");
    bench.guest = await bench.current.makePerson("guest");
    bench.workspace = bench.owner.workspaceId;
  });
  return bench;
}
