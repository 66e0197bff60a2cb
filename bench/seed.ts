/**
 * The same rows each time: 10 workspaces, 400 campaigns, 100,000 companies, 1,000,000 contacts.
 *
 * Workspace 1 holds campaigns 1–300, 92,000 companies and 920,000 contacts; its campaign 1 holds 30,000 companies and 300,000
 * contacts, campaign 2 30,000 and 3,000, the rest gets smaller quickly. Workspaces 2–10 share campaigns 301–400 evenly.
 * What is rare is in 10 rows of 1,000,000, all in campaign 1: tag, country, title word, custom value, owner, name.
 */
import type postgres from "postgres";

/** Ids that benches ask for. */
export const MEMBER = uuid("u", 1);
export const RARE_OWNER = uuid("u", 2);
export const WORKSPACE = uuid("w", 1);
/** The campaign with 300,000 contacts. */
export const BIG_CAMPAIGN = uuid("c", 1);
export const RARE = {
  tag: "once-in-a-blue-moon",
  country: "Tuvalu",
  title: "Falconer",
  custom: { Segment: "Needle" },
  seniority: "Apprentice",
  /** A last name; with a typo of one letter; the first three letters fit nobody else. */
  name: "Zyxwotham",
  typo: "Zyxwothem",
} as const;

function uuid(kind: "u" | "w" | "c", n: number): string {
  const block = { u: "1", w: "2", c: "3" }[kind];
  return `00000000-0000-4000-8000-${block}${n.toString(16).padStart(11, "0")}`;
}

const firstNames =
  "James Mary Wei Aisha José Søren Zoë Björn Fatima Olga Priya Hiroshi Anaïs Łukasz Chloe Ahmed Lena Diego Ingrid Kofi Mei Noah Emma Liam Sofia Mateo Yuki Ivan Elena Omar Hannah Lucas Nina Paul Rosa Sven Tara Uma Viktor Wanda Xavier Yara Zlatan André Bianca Carlos Dana Erik Freya Gustav";
const titles =
  "Engineer|Sales Manager|Head of Marketing|CEO|Founder|Account Executive|Product Manager|VP Sales|Data Analyst|Office Manager|CTO|Designer|Recruiter|Partner|Consultant|Chief of Staff|Director of Operations|Customer Success Manager|Software Developer|Investor Relations";
const countries =
  "Germany France Spain Italy Japan Brazil India Canada Poland Sweden Norway Kenya Mexico Chile";
const words =
  "Acme Blue North Solar Quantum Bright River Stone Cloud Data Green Iron Lunar Vertex Atlas Nova Delta Orbit Prime Echo Falcon Harbor Summit Pioneer Cedar Maple Crystal Silver Amber Vivid";
const kinds =
  "Labs Systems Partners Capital Health Foods Robotics Media Logistics Energy Software Bank Motors Studio Ventures GmbH Group Analytics Works Pharma";
const syllables = "ba ken dor mi sta lo ver ti ra sel gu han pe row eck ford lin mar os wy";

/** A name from four syllables by the digits of a number: 160,000 different ones. */
const surname = (n: string) =>
  `initcap(${[1, 20, 400, 8000].map((d) => `s.list[1 + (${n} / ${d}) % 20]`).join(" || ")})`;

/** A number that looks random but is the same each time: 0 … 2^31. */
const mixed = (n: string, salt: number) => `(hashint8(${n} * 31 + ${salt})::bigint & 2147483647)`;

const lists = `(select string_to_array('${firstNames}', ' ') as first, string_to_array('${titles}', '|') as titles,
  string_to_array('${countries}', ' ') as countries, string_to_array('${words}', ' ') as words, string_to_array('${kinds}', ' ') as kinds,
  string_to_array('${syllables}', ' ') as list) as s`;

/** Company n lives in campaign … and has 10 contacts, so contact n lives with company (n + 9) / 10. */
const campaignOf = `case when n <= 30000 then 1 when n <= 33000 then 2 when n <= 92000 then 3 + (298 * ((n - 33001) / 59000.0) ^ 2)::int
  else 301 + (n - 92001) % 100 end`;
const id = (kind: string, n: string) =>
  `('00000000-0000-4000-8000-${kind}' || lpad(to_hex(${n}), 11, '0'))::uuid`;
/** In the order of when they were made, as private.new_id() makes those of real rows: a company a minute, a contact every six seconds. */
const orderedId = (kind: string, n: string, ms: number) =>
  `(lpad(to_hex(1767225600000 + ${n}::bigint * ${ms}), 12, '0') || '7' || substring(md5('${kind}' || ${n}) from 14))::uuid`;
const companyId = (n: string) => orderedId("company", n, 60_000);
const contactId = (n: string) => orderedId("contact", n, 6_000);
const workspaceOf = (campaign: string) =>
  id("2", `(case when ${campaign} <= 300 then 1 else 2 + (${campaign} - 301) % 9 end)`);

/** Fills an empty, migrated database, without triggers, then sets the counters. `admin` is a superuser. */
export async function seed(admin: postgres.Sql): Promise<void> {
  console.log("seeding 1,000,000 contacts");
  const session = await admin.reserve();
  try {
    await session`set session_replication_role = replica`;
    await session`insert into auth.users (id, email) select ${session.unsafe(id("1", "n"))}, 'user' || n || '@bench.example' from generate_series(1, 20) n`;
    await session.unsafe(
      `insert into public.workspaces (id, name) select ${id("2", "n")}, 'Workspace ' || n from generate_series(1, 10) n`,
    );
    await session.unsafe(`insert into public.workspace_members (workspace_id, user_id, role, email)
      select ${id("2", "w")}, ${id("1", "u")}, 'owner', 'user' || u || '@bench.example'
      from generate_series(1, 10) w, generate_series(1, 10) u where w = 1 or u = 1`);
    await session`insert into private.assignees (workspace_id, user_id) select workspace_id, user_id from public.workspace_members`;
    await session.unsafe(`insert into public.campaigns (id, workspace_id, name, created_at)
      select ${id("3", "n")}, ${workspaceOf("n")}, 'Campaign ' || n, now() - n * interval '1 hour' from generate_series(1, 400) n`);
    const secondary = await dropSecondaryIndexes(session);
    await session.unsafe(companies);
    await session.unsafe(contacts);
    await session`set maintenance_work_mem = '1GB'`;
    for (const definition of secondary) await session.unsafe(definition);
    await session.unsafe(counters);
    await session`set session_replication_role = origin`;
    await session`vacuum analyze`;
    await session`checkpoint`;
  } finally {
    session.release();
  }
}

/** Their definitions, to be made again: at once is many times faster than row by row. */
async function dropSecondaryIndexes(session: postgres.ReservedSql): Promise<string[]> {
  const indexes = await session<{ name: string; definition: string }[]>`
    select i.indexrelid::regclass::text as name, pg_get_indexdef(i.indexrelid) as definition
    from pg_index i
    where i.indrelid in ('public.companies'::regclass, 'public.contacts'::regclass)
      and not exists (select from pg_constraint c where c.conindid = i.indexrelid)`;
  for (const { name } of indexes) await session.unsafe(`drop index ${name}`);
  return indexes.map(({ definition }) => definition);
}

const companies = `
  insert into public.companies (id, workspace_id, campaign_id, name, domain, website, dedupe_key, industry, country, employees, owner_id, tags,
    research_status, custom, created_at, updated_at)
  select ${companyId("n")}, ${workspaceOf("campaign")}, ${id("3", "campaign")}, name, domain, 'https://' || domain, coalesce('d:' || domain, 'n:' || lower(name)),
    (array['Software', 'Finance', 'Health', 'Energy', null])[1 + ${mixed("n", 5)} % 5],
    case when n % 3000 = 1 and n <= 30000 then '${RARE.country}' else s.countries[1 + ${mixed("n", 6)} % 14] end,
    (array['1-10', '11-50', '51-200', '201-1000', null])[1 + ${mixed("n", 7)} % 5],
    case when n % 3000 = 2 and n <= 30000 then '${RARE_OWNER}'::uuid when campaign <= 300 and n % 3 = 0 then ${id("1", `(3 + n % 8)`)} end,
    case when n % 3000 = 3 and n <= 30000 then array['${RARE.tag}'] when n % 4 = 0 then array['warm'] else '{}' end,
    (array['new', 'new', 'completed', 'completed', 'completed', 'failed'])[1 + ${mixed("n", 8)} % 6]::public.research_status,
    jsonb_build_object('Segment', case when n % 3000 = 4 and n <= 30000 then 'Needle' else (array['SMB', 'Mid', 'Enterprise'])[1 + n % 3] end),
    now() - (100000 - n) * interval '1 minute', now() - ${mixed("n", 9)} % 6000000 * interval '1 second'
  from (
    select n, ${campaignOf} as campaign, s.*,
      s.words[1 + ${mixed("n", 1)} % 30] || ' ' || ${surname(mixed("n", 2))} || ' ' || s.kinds[1 + ${mixed("n", 3)} % 20] as name,
      case when n % 20 <> 0 then lower(s.words[1 + ${mixed("n", 1)} % 30]) || n || (array['.com', '.de', '.io', '.co.jp'])[1 + ${mixed("n", 4)} % 4] end as domain
    from generate_series(1, 100000) n, ${lists}
  ) as s`;

const contacts = `
  insert into public.contacts (id, workspace_id, campaign_id, company_id, name, first_name, last_name, title, seniority, email, phone, linkedin_url, country,
    owner_id, tags, source, dedupe_key, custom, created_at, updated_at)
  select ${contactId("m")}, ${workspaceOf("campaign")}, ${id("3", "campaign")}, ${companyId("n")}, first_name || ' ' || last_name, first_name, last_name,
    case when rare = 1 then 'Royal ${RARE.title}' when m % 50 <> 0 then s.titles[1 + ${mixed("m", 15)} % 20] end,
    case when rare = 6 then '${RARE.seniority}' else (array['Senior', 'Junior', 'Executive', null])[1 + ${mixed("m", 16)} % 4] end,
    case when m % 3 <> 0 then lower(private.normalize_text(first_name)) || '.' || lower(last_name) || '@' || lower(s.words[1 + ${mixed("n", 1)} % 30]) || n || '.com' end,
    case when m % 4 = 0 then '+49 30 ' || ${mixed("m", 17)} end,
    case when m % 2 = 0 then 'https://www.linkedin.com/in/p' || m end,
    case when rare = 2 then '${RARE.country}' else s.countries[1 + ${mixed("n", 6)} % 14] end,
    case when rare = 3 then '${RARE_OWNER}'::uuid when campaign <= 300 and m % 3 = 0 then ${id("1", `(3 + m % 8)`)} end,
    case when rare = 4 then array['${RARE.tag}'] when m % 4 = 0 then array['warm'] else '{}' end,
    'import', 'k:' || m,
    jsonb_build_object('Segment', case when rare = 5 then 'Needle' else (array['SMB', 'Mid', 'Enterprise'])[1 + m % 3] end),
    now() - (1000000 - m) * interval '6 seconds', now() - ${mixed("m", 18)} % 6000000 * interval '1 second'
  from (
    select m, n, campaign, s.*, s.first[1 + ${mixed("m", 11)} % 50] as first_name,
      case when rare = 7 then '${RARE.name}' else ${surname(mixed("m", 12))} end as last_name, rare
    from (select m, (m + 9) / 10 as n, case when m <= 300000 and m % 30000 between 1 and 7 then m % 30000 end as rare from generate_series(1, 1000000) m) as numbered
    cross join lateral (select ${campaignOf} as campaign) as placed, ${lists}
  ) as s`;

const counters = `
  update public.companies o set contact_count = 10;
  update public.campaigns c set company_count = o.companies, contact_count = o.contacts, researched_count = o.researched, failed_count = o.failed
  from (
    select campaign_id, count(*) as companies, sum(contact_count) as contacts, count(*) filter (where research_status = 'completed') as researched,
      count(*) filter (where research_status = 'failed') as failed
    from public.companies group by campaign_id
  ) as o
  where c.id = o.campaign_id`;
