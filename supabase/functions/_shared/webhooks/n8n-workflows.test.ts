/** The workflow files that people import, and their code in docs/integrations.md. */
import { readdir, readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { chainOf, readWorkflow } from "../../../../tests/support/n8n-workflow.ts";

const root = new URL("../../../../", import.meta.url);
const page = await readFile(new URL("docs/integrations.md", root), "utf8");
const files = (await readdir(new URL("integrations/", root))).filter((name) => name.endsWith(".json"));

test("there is a workflow that answers at once, and one that calls back", () => {
  expect(files.toSorted()).toEqual(["n8n-research-callback.json", "n8n-research.json"]);
});

test.each(files)(
  "%s can be imported: every node is in its chain, once, with a place and an id of its own",
  async (name) => {
    const workflow = await readWorkflow(name);
    const chain = chainOf(workflow);
    const notes = workflow.nodes.filter((node) => node.type === "n8n-nodes-base.stickyNote");
    expect(chain.length + notes.length).toBe(workflow.nodes.length);
    for (const part of ["id", "name", "position"] as const) {
      expect(new Set(workflow.nodes.map((node) => String(node[part]))).size).toBe(workflow.nodes.length);
    }
    const [webhook, ...others] = chain;
    expect(webhook).toMatchObject({
      type: "n8n-nodes-base.webhook",
      parameters: { httpMethod: "POST", options: { rawBody: true } },
    });
    const hasAnswer = others.at(-1)?.type === "n8n-nodes-base.respondToWebhook";
    expect(webhook?.parameters.responseMode).toBe(hasAnswer ? "responseNode" : "onReceived");
  },
);

test.each(files)("%s has the code of the documentation and no secret", async (name) => {
  const text = await readFile(new URL(`integrations/${name}`, root), "utf8");
  expect(text).not.toMatch(/whsec_[A-Za-z0-9+/]{8}|credentials/);
  const code = chainOf(await readWorkflow(name)).flatMap((node) => node.parameters.jsCode ?? []);
  expect(code.length).toBeGreaterThan(2);
  for (const one of code) expect(page).toContain(`\n${one}\n\`\`\``);
});
