import { describe, expect, test } from "vitest";
import { testDatabase } from "../support/database.ts";

const database = testDatabase();

describe("the seniority of a contact", () => {
  test.each([
    ["Founder & CEO", "Founder"],
    ["Chief of Staff", "C-level"],
    ["President", "C-level"],
    ["Vice President, Sales", "VP"],
    ["VP of Engineering", "VP"],
    ["Managing Partner", "Partner"],
    ["Partner Manager", "Manager"],
    ["Sales Director", "Director"],
    ["Head of Growth", "Head"],
    ["Geschäftsführerin", "C-level"],
    ["Leiter Einkauf", "Head"],
    ["Office manager", "Manager"],
    ["Senior Software Engineer", "Senior"],
    ["Marketing Intern", "Junior"],
    ["Dentist", null],
    ["", null],
    [null, null],
  ])("%s is told from the title: %s", async (title, seniority) => {
    expect(await database.current.sql`select private.seniority_of(${title}) as seniority`).toEqual([
      { seniority },
    ]);
  });

  test("comes with the contact and follows its title, until somebody says otherwise", async () => {
    const ann = await database.current.makePerson("ann");
    const campaign = await database.current.makeCampaign(ann);
    const { sql } = database.current;
    await sql`insert into public.companies (workspace_id, campaign_id, name, dedupe_key) values (${ann.workspaceId}, ${campaign}, 'Acme', 'acme')`;
    await sql`insert into public.contacts (workspace_id, campaign_id, company_id, name, title, seniority, dedupe_key)
      select workspace_id, campaign_id, id, 'Jane', 'CTO', null, 'jane' from public.companies where campaign_id = ${campaign}
      union all select workspace_id, campaign_id, id, 'John', 'CTO', 'Board', 'john' from public.companies where campaign_id = ${campaign}`;
    const seniorities = async () =>
      (await sql`select seniority from public.contacts where campaign_id = ${campaign} order by name`).map(
        (row) => row.seniority,
      );
    expect(await seniorities()).toEqual(["C-level", "Board"]);
    await database.current.as(
      ann,
      (user) => user`update public.contacts set title = 'Head of IT' where campaign_id = ${campaign}`,
    );
    expect(await seniorities()).toEqual(["Head", "Board"]);
  });
});
