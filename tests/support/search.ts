import { beforeAll } from "vitest";
import { type Person, type TestDatabase, testDatabase } from "./database.ts";
import { type Call, reader } from "./lists.ts";

/** A database for the tests of one file, with a person and a campaign of theirs with a few companies and people to be found. */
export function searchBench() {
  const database = testDatabase();
  const bench = {
    ann: { id: "", workspaceId: "", email: "" } satisfies Person as Person,
    campaign: "",

    get current(): TestDatabase {
      return database.current;
    },

    /** Each line is "name|domain|industry|country|e-mail", or its beginning. */
    async addCompanies(lines: string[], id?: string): Promise<void> {
      await bench.current
        .sql`insert into public.companies (workspace_id, campaign_id, name, domain, industry, country, email, dedupe_key)
        select ${bench.ann.workspaceId}, ${id ?? bench.campaign}, split_part(line, '|', 1), nullif(split_part(line, '|', 2), ''), nullif(split_part(line, '|', 3), ''),
          nullif(split_part(line, '|', 4), ''), nullif(split_part(line, '|', 5), ''), line from unnest(${lines}::text[]) as line`;
    },

    /** Each line is "name|title|e-mail". */
    async addContacts(company: string, lines: string[], id?: string): Promise<void> {
      await bench.current
        .sql`insert into public.contacts (workspace_id, campaign_id, company_id, name, title, email, dedupe_key)
        select c.workspace_id, c.campaign_id, c.id, split_part(line, '|', 1), nullif(split_part(line, '|', 2), ''), nullif(split_part(line, '|', 3), ''), line
        from unnest(${lines}::text[]) as line join public.companies c on c.campaign_id = ${id ?? bench.campaign} and c.name = ${company}`;
    },

    /** The names of all hits, as they are listed. */
    async found(list: "companies" | "contacts", q: string, more: Call = {}): Promise<string[]> {
      const { walk } = reader(bench.current, bench.ann);
      const call = {
        campaign_id: bench.campaign,
        page_size: 200,
        ...more,
        filter: { ...Object(more.filter), q },
      };
      return (await walk(`list_${list}`, call)).map((row) => row.name);
    },

    /** Reads the words of names for typos, as the clock does, for rows of any age. */
    async readLexemes(): Promise<void> {
      const { sql } = bench.current;
      await sql`alter table public.companies disable trigger user`;
      await sql`alter table public.contacts disable trigger user`;
      await sql`update public.companies set updated_at = now() - interval '1 hour'`;
      await sql`update public.contacts set updated_at = now() - interval '1 hour'`;
      await sql`alter table public.companies enable trigger user`;
      await sql`alter table public.contacts enable trigger user`;
      await sql`select private.read_lexemes()`;
    },
  };
  beforeAll(async () => {
    bench.ann = await bench.current.makePerson("ann");
    bench.campaign = await bench.current.makeCampaign(bench.ann);
    await bench.addCompanies([
      "Acme Robotics|acme-robotics.example|Robots|Germany",
      "Booking.com|booking.com",
      "Coca-Cola",
      "British Petrol|bp.com",
      "株式会社山田製作所",
      "삼성전자",
      "ガンダム商会",
      "Crédit Àgricole",
      "Straße & Söhne",
      "ΔΙΑΣ ΝΑΥΤΙΛΙΑΚΗ",
      "한국전력".normalize("NFD"),
      "ガスワークス".normalize("NFD"),
      "Delta Works|delta.example|||hello@delta-mail.example",
      "Solo",
    ]);
    await bench.addContacts("Acme Robotics", [
      "Jane Doe|Head of Sales|jane.doe@acme.example",
      "Zoë O'Brien|Engineer|",
      "Sven Acme|Engineer|",
    ]);
    await bench.addContacts("Solo", ["Jane Schmidt|Robots engineer|j.s@solo.example", "山田 太郎|社長|"]);
    await bench.readLexemes();
  });
  return bench;
}
