import { describe, expect, test } from "vitest";
import { lanesBench } from "../support/lanes.ts";

const { addIntegration, answer, bench, claim } = lanesBench();
const at = (value: string, page: string) => ({ value, source: `https://c1.example/${page}` });

/** Has this found out about the campaign's company, asked anew. */
async function find(stage: "company" | "contacts", result: object): Promise<void> {
  const providers = { [stage]: await addIntegration() };
  await bench.start([stage], {}, { again: true, afresh: true, providers });
  await answer(await claim(), "done", { result });
}
const shown = async (table: "companies" | "contacts") => {
  const [row] = await bench.sql`select * from ${bench.sql(table)} where campaign_id = ${bench.campaign}`;
  return row;
};

describe("what is shown as found keeps the page it stands on", () => {
  test("when a text is found differently later, and takes the newer page when it is found again", async () => {
    await bench.addCompanies(1);
    await find("company", { description: at("Robots", "a") });
    await find("company", { description: at("Robotics", "b") });
    expect(await shown("companies")).toMatchObject({
      description: "Robots",
      research: { description: at("Robots", "a") },
    });
    await find("company", { description: at("Robots", "c") });
    expect(await shown("companies")).toMatchObject({ research: { description: at("Robots", "c") } });
  });

  test("when it is one of several, or a link", async () => {
    await bench.addCompanies(1);
    await find("company", {
      industry: [at("Robots", "a"), at("Toys", "a")],
      phones: [at("+1 1", "a"), at("+1 2", "a")],
      social: { linkedin: at("https://linkedin.com/company/1", "a") },
    });
    await find("company", {
      industry: [at("Games", "b")],
      phones: [at("+1 3", "b"), at("+1 1", "b")],
      social: { linkedin: at("https://linkedin.com/company/2", "b") },
    });
    expect(await shown("companies")).toMatchObject({
      industry: "Robots, Toys",
      phone: "+1 1",
      linkedin_url: "https://linkedin.com/company/1",
      research: {
        industry: { value: ["Robots", "Toys"] },
        phones: { value: ["+1 3", "+1 1"] }, // it is among the newer ones
        social: { value: { linkedin: "https://linkedin.com/company/1" } },
      },
    });
  });

  test("but a name made of an e-mail address gives way with it", async () => {
    await bench.addCompanies(1);
    const email = at("jane@c1.example", "a");
    await find("contacts", { contacts: [{ name: "jane", email: email.value, source: email.source }] });
    await find("contacts", {
      contacts: [{ name: "Jane Doe", email: email.value, source: "https://c1.example/b" }],
    });
    expect(await shown("contacts")).toMatchObject({
      name: "Jane Doe",
      research: { name: at("Jane Doe", "b") },
    });
  });
});
