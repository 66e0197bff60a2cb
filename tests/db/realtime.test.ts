import { beforeEach, describe, expect, test } from "vitest";
import { type Person, testDatabase } from "../support/database.ts";
import { topicsOf } from "../support/topics.ts";

const database = testDatabase();
let ann: Person;
let campaign: string;

beforeEach(async () => {
  ann = await database.current.makePerson("ann");
  campaign = await database.current.makeCampaign(ann);
});

/** The topics of ann's workspace and campaign as they are now, in the order of their names. */
async function topicsNow() {
  const topic = await topicsOf(database.current.sql, ann.workspaceId);
  return [topic("campaign", campaign), topic("workspace", ann.workspaceId)] as const;
}

/** What was sent since `work` began, oldest first. */
async function sentDuring(work: () => Promise<unknown>) {
  const { sql } = database.current;
  const known = new Set((await sql`select id from realtime.messages`).map((row) => row.id));
  await work();
  const rows =
    await sql`select id, topic, event, private, payload from realtime.messages order by inserted_at`;
  return rows.filter((row) => !known.has(row.id));
}

function addCompanies(count: number, name = "Company") {
  return database.current.sql`
    insert into public.companies (workspace_id, campaign_id, name, dedupe_key)
    select ${ann.workspaceId}, ${campaign}, ${name}::text, ${name}::text || n from generate_series(1, ${count}::int) as n`;
}

describe("changes", () => {
  test("of one transaction are one message a channel, with ids and no contents", async () => {
    const sent = await sentDuring(() =>
      database.current.sql.begin(async (sql) => {
        for (const n of [1, 2, 3]) {
          await sql`insert into public.companies (workspace_id, campaign_id, name, dedupe_key)
            values (${ann.workspaceId}, ${campaign}, 'Secret name', ${`k${n}`})`;
        }
      }),
    );
    const [ofCampaign, ofWorkspace] = await topicsNow();
    expect(sent.map((row) => row.topic).sort()).toEqual([ofCampaign, ofWorkspace]);
    expect(sent.every((row) => row.private && row.event === "changes")).toBe(true);
    const message = sent.find((row) => row.topic === ofCampaign);
    const inserted = message?.payload.changes.find((one: { table: string }) => one.table === "companies");
    expect(inserted).toMatchObject({ operation: "insert" });
    expect(inserted.ids).toHaveLength(3);
    expect(JSON.stringify(sent)).not.toContain("Secret name");
  });

  test("of many rows say just that", async () => {
    const sent = await sentDuring(() => addCompanies(10_000));
    expect(sent).toHaveLength(2);
    expect(sent.flatMap((row) => row.payload.changes)).toContainEqual({
      table: "companies",
      operation: "insert",
      ids: null,
    });
  });

  test("of ten thousand rows in one statement, or of thousands of statements in one transaction, are one message a channel", async () => {
    await addCompanies(10_000);
    const many = { table: "companies", operation: "update", ids: null };
    const updated = await sentDuring(
      () =>
        database.current
          .sql`update public.companies set research_status = 'failed' where campaign_id = ${campaign}`,
    );
    expect(updated.map((row) => row.topic).sort()).toEqual(await topicsNow());
    expect(updated.flatMap((row) => row.payload.changes)).toContainEqual(many);
    const looped = await sentDuring(() =>
      database.current.sql.unsafe(`
        do $$ declare company uuid; begin
          for company in select id from public.companies where campaign_id = '${campaign}' limit 1000 loop
            update public.companies set name = 'Again' where id = company;
          end loop;
        end $$`),
    );
    expect(looped.map((row) => row.payload.changes)).toEqual([[many]]);
  });

  test("of many kinds at once stay far below what a message may weigh", async () => {
    const { sql } = database.current;
    const sent = await sentDuring(() =>
      sql.begin(async (one) => {
        await one`insert into public.companies (workspace_id, campaign_id, name, dedupe_key)
          select ${ann.workspaceId}, ${campaign}, 'C', n::text from generate_series(1, 500) as n`;
        await one`insert into public.contacts (workspace_id, campaign_id, company_id, name, dedupe_key)
          select workspace_id, campaign_id, id, 'P', 'p' from public.companies where campaign_id = ${campaign}`;
        await one`insert into public.portfolio_companies (workspace_id, campaign_id, company_id, name, dedupe_key)
          select workspace_id, campaign_id, id, 'Q', 'q' from public.companies where campaign_id = ${campaign}`;
        await one`update public.contacts set name = 'R' where campaign_id = ${campaign}`;
        await one`update public.portfolio_companies set name = 'S' where campaign_id = ${campaign}`;
      }),
    );
    const [ofCampaign] = await topicsNow();
    const message = sent.find((row) => row.topic === ofCampaign);
    expect(message?.payload.changes).toHaveLength(7);
    expect(JSON.stringify(message).length).toBeLessThan(100_000);
  });

  test("of rows that move to another campaign: gone in the one, new in the other", async () => {
    const target = await database.current.makeCampaign(ann, "Target");
    await addCompanies(2);
    const sent = await sentDuring(
      () =>
        database.current
          .sql`update public.companies set campaign_id = ${target} where campaign_id = ${campaign}`,
    );
    const topic = await topicsOf(database.current.sql, ann.workspaceId);
    const changesOf = (id: string) =>
      sent
        .find((row) => row.topic === topic("campaign", id))
        ?.payload.changes.map((one: { table: string; operation: string }) => `${one.operation} ${one.table}`);
    expect(changesOf(campaign).sort()).toEqual(["delete companies", "update campaigns"]);
    expect(changesOf(target).sort()).toEqual(["insert companies", "update campaigns", "update companies"]);
  });

  test("of integrations are told by id, what is sent to them and comes from them only as more", async () => {
    const { sql } = database.current;
    const [made] = await sql`
      insert into public.integrations (workspace_id, kind, name, url) values (${ann.workspaceId}, 'n8n', 'Ours', 'https://a.example/') returning id`;
    const changesOf = async (work: () => Promise<unknown>) => {
      const sent = await sentDuring(work);
      const [, ofWorkspace] = await topicsNow();
      expect(sent.map((row) => row.topic)).toEqual([ofWorkspace]);
      return sent[0]?.payload.changes;
    };
    const saved = await changesOf(
      () => sql`select private.save_secret(${ann.workspaceId}, ${made?.id}, 'signing', '{}')`,
    );
    expect(saved).toEqual([{ table: "integrations", operation: "update", ids: [made?.id] }]);
    const delivery = {
      integration_id: made?.id,
      address: "a.example/",
      sent_at: new Date().toISOString(),
      duration_ms: 1,
      request_headers: {},
      request_body: "{}",
      notes: [],
    };
    const deliveries = JSON.stringify([delivery, delivery]);
    const traffic = await changesOf(() =>
      sql.begin(async (transaction) => {
        await transaction`select private.keep_deliveries(${deliveries}::text::jsonb)`;
        await transaction`select private.take_event(${made?.id}, 'e1', '{}', '{}', '[]')`;
      }),
    );
    expect(traffic).toHaveLength(2);
    for (const table of ["deliveries", "events"])
      expect(traffic).toContainEqual({ table, operation: "insert", ids: null });
  });

  test("that were rolled back are not told, and nothing stays behind", async () => {
    const sent = await sentDuring(() =>
      database.current.sql
        .begin(async (sql) => {
          await sql`update public.campaigns set name = 'New' where id = ${campaign}`;
          throw new Error("no");
        })
        .catch((error) => expect(error.message).toBe("no")),
    );
    expect(sent).toEqual([]);
    expect(await database.current.sql`select from private.pending_changes`).toHaveLength(0);
  });
});

describe("somebody who is no longer a member", () => {
  let bob: Person;
  let old: readonly string[];

  beforeEach(async () => {
    bob = await database.current.makePerson("bob");
    await database.current.addMember(ann.workspaceId, bob, "admin");
    old = await topicsNow();
  });

  const goes = {
    removed: () =>
      database.current.as(ann, (sql) => sql`select public.remove_member(${ann.workspaceId}, ${bob.id})`),
    left: () => database.current.as(bob, (sql) => sql`select public.leave_workspace(${ann.workspaceId})`),
    "gone with the account": () => database.current.sql`delete from auth.users where id = ${bob.id}`,
    "taken out with the secret key": () =>
      database.current
        .sql`delete from public.workspace_members where workspace_id = ${ann.workspaceId} and user_id = ${bob.id}`,
  };

  test.each(Object.keys(goes) as (keyof typeof goes)[])(
    // the keys of the object above
    "%s, hears as the last thing that the workspace changed",
    async (way) => {
      const sent = await sentDuring(async () => {
        await goes[way]();
        await addCompanies(2);
        await database.current.sql`update public.workspaces set name = 'New' where id = ${ann.workspaceId}`;
      });
      const [ofCampaign, ofWorkspace] = await topicsNow();
      expect(old).not.toContain(ofCampaign);
      expect(sent.filter(({ topic }) => old.includes(topic)).map((row) => row.payload.changes)).toEqual([
        [{ table: "workspaces", operation: "update", ids: [ann.workspaceId] }],
      ]);
      expect(sent.filter(({ topic }) => topic === ofCampaign)).toHaveLength(1);
      const told = sent.filter(({ topic }) => topic === ofWorkspace).map((row) => row.payload.changes);
      expect(told[0]).toContainEqual({ table: "workspace_members", operation: "delete", ids: [bob.id] });
      expect(told).toHaveLength(3);
    },
  );

  test("hears nothing of what the transaction that removed them changed besides", async () => {
    const sent = await sentDuring(() =>
      database.current.sql.begin(async (sql) => {
        await sql`update public.campaigns set name = 'Before' where id = ${campaign}`;
        await sql`delete from public.workspace_members where workspace_id = ${ann.workspaceId} and user_id = ${bob.id}`;
        await sql`update public.campaigns set name = 'After' where id = ${campaign}`;
      }),
    );
    const toOld = sent.filter(({ topic }) => old.includes(topic));
    expect(toOld.map((row) => row.payload.changes.map((one: { table: string }) => one.table))).toEqual([
      ["workspaces"],
    ]);
  });
});

test("a workspace that goes with its last member tells nobody but them", async () => {
  const eve = await database.current.makePerson("eve");
  const sent = await sentDuring(() =>
    database.current.as(eve, (sql) => sql`select public.delete_workspace(${eve.workspaceId})`),
  );
  const { sql } = database.current;
  expect(await sql`select from public.workspaces where id = ${eve.workspaceId}`).toHaveLength(0);
  expect(sent.map((row) => row.topic)).toEqual([`user:${eve.id}`]);
});

test("who joins or gets another role moves nobody", async () => {
  const before = await topicsNow();
  const bob = await database.current.makePerson("bob");
  await database.current.addMember(ann.workspaceId, bob, "viewer");
  await database.current.as(
    ann,
    (sql) => sql`select public.change_role(${ann.workspaceId}, ${bob.id}, 'admin')`,
  );
  expect(await topicsNow()).toEqual(before);
});

describe("channels", () => {
  const mayListen = (person: Person | null, topic: string) =>
    database.current.as(person, async (sql) => {
      const [row] = await sql`select private.may_listen(${topic}) as may`;
      return row?.may;
    });

  test("of a workspace are closed to somebody removed from it", async () => {
    const bob = await database.current.makePerson("bob");
    await database.current.addMember(ann.workspaceId, bob, "viewer");
    const before = await topicsNow();
    for (const topic of before) expect(await mayListen(bob, topic)).toBe(true);
    await database.current
      .sql`delete from public.workspace_members where user_id = ${bob.id} and workspace_id = ${ann.workspaceId}`;
    const after = await topicsNow();
    for (const topic of [...before, ...after]) expect(await mayListen(bob, topic)).toBe(false);
    for (const topic of before) expect(await mayListen(ann, topic)).toBe(false);
    for (const topic of after) expect(await mayListen(ann, topic)).toBe(true);
  });

  test("are for members of the workspace they belong to", async () => {
    const bob = await database.current.makePerson("bob");
    await addCompanies(1);
    const [started] = await database.current.as(
      ann,
      (sql) => sql`select public.start_research(${campaign}) as progress`,
    );
    const topicOf = await topicsOf(database.current.sql, ann.workspaceId);
    const topics = [...(await topicsNow()), topicOf("run", started?.progress.run.id)];
    for (const topic of topics) {
      expect(await mayListen(ann, topic)).toBe(true);
      expect(await mayListen(bob, topic)).toBe(false);
      await expect(mayListen(null, topic)).rejects.toMatchObject({ code: "42501" });
    }
  });

  test.each([
    "",
    "workspace:",
    "campaign:x",
    "everything",
    "workspace:' or true --",
    "workspace:00000000-0000-0000-0000-000000000000",
    "run:00000000-0000-0000-0000-000000000000:00000000-0000-0000-0000-000000000000",
    "user:00000000-0000-0000-0000-000000000000",
  ])("called “%s” do not exist", async (topic) => {
    expect(await mayListen(ann, topic)).toBe(false);
  });
});
