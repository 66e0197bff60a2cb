import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import * as z from "zod";
import { projectDir } from "../../scripts/arguments.ts";

const parameter = z.string().optional();
const node = z.object({
  id: z.string(),
  name: z.string(),
  type: z.string(),
  typeVersion: z.number(),
  onError: z.literal("continueRegularOutput").optional(),
  position: z.tuple([z.number(), z.number()]),
  parameters: z.looseObject({
    jsCode: parameter,
    responseMode: parameter,
    responseBody: parameter,
    method: parameter,
    url: parameter,
    jsonBody: parameter,
    headerParameters: z
      .object({ parameters: z.array(z.object({ name: z.string(), value: z.string() })) })
      .optional(),
  }),
});
const workflow = z.object({
  name: z.string(),
  nodes: z.array(node),
  connections: z.record(
    z.string(),
    z.object({
      main: z.tuple([
        z.tuple([z.object({ node: z.string(), type: z.literal("main"), index: z.literal(0) })]),
      ]),
    }),
  ),
  settings: z.object({ executionOrder: z.literal("v1") }),
  active: z.literal(false),
  pinData: z.object({}).strict(),
});

export type Workflow = z.infer<typeof workflow>;
type Node = z.infer<typeof node>;
type Item = { json: unknown };

/** Runs a snippet with these names; n8n runs its Code nodes and expressions so. */
function run(snippet: string, names: Record<string, unknown>, self?: object): Promise<unknown> {
  const AsyncFunction = (async () => {}).constructor as FunctionConstructor; // its type is the same
  return AsyncFunction(...Object.keys(names), snippet).call(self, ...Object.values(names));
}

/** A workflow file of the folder `integrations`. */
export async function readWorkflow(name: string): Promise<Workflow> {
  return workflow.parse(JSON.parse(await readFile(join(projectDir, "integrations", name), "utf8")));
}

/** Its nodes but for notes, from the Webhook node on, in the order in which they run. */
export function chainOf({ nodes, connections }: Workflow): Node[] {
  const byName = new Map(nodes.map((one) => [one.name, one]));
  const chain: Node[] = [];
  for (let next: string | undefined = "Webhook"; next; next = connections[next]?.main[0][0].node) {
    const found = byName.get(next);
    if (!found || chain.includes(found)) throw new Error(`"${next}" is not there, or comes twice`);
    chain.push(found);
  }
  return chain;
}

/**
 * Does what n8n does with such a workflow when its webhook is called. Resolves to the body that its Respond to Webhook node answers, or to null
 * at the end of one without. `fetchPage` answers its requests.
 */
export async function runWorkflow(
  workflow: Workflow,
  call: { headers: unknown; body: string },
  { env, fetchPage = fetch }: { env: Record<string, string>; fetchPage?: typeof fetch },
): Promise<string | null> {
  const outputs = new Map<string, Item[]>();
  let items: Item[] = [{ json: { headers: call.headers } }];
  const expression = async (text: string, { json }: Item) => {
    const whole = /^=\{\{(.*)\}\}$/s.exec(text)?.[1];
    if (whole) return run(`return ${whole}`, { $json: json });
    const part = /^=(.*)\{\{(.*)\}\}$/s.exec(text);
    return part ? `${part[1]}${await run(`return ${part[2]}`, { $json: json })}` : text;
  };
  const send = async ({ parameters }: Node, item: Item): Promise<Item> => {
    const headers = new Headers(parameters.jsonBody ? { "content-type": "application/json" } : {});
    for (const { name, value } of parameters.headerParameters?.parameters ?? []) {
      headers.set(name, String(await expression(value, item)));
    }
    const response = await fetchPage(String(await expression(parameters.url ?? "", item)), {
      method: parameters.method ?? "GET",
      headers,
      ...(parameters.jsonBody && { body: String(await expression(parameters.jsonBody, item)) }),
    });
    return { json: { statusCode: response.status, data: await response.text() } };
  };
  for (const one of chainOf(workflow)) {
    const input = { first: () => items[0], all: () => items };
    if (one.type === "n8n-nodes-base.code") {
      const names = {
        require: createRequire(import.meta.url),
        $input: input,
        $: (name: string) => ({ first: () => outputs.get(name)?.[0], all: () => outputs.get(name) }),
        $env: env,
      };
      const helpers = { getBinaryDataBuffer: () => Promise.resolve(Buffer.from(call.body)) };
      items = z
        .array(z.object({ json: z.unknown() }))
        .parse(await run(one.parameters.jsCode ?? "", names, { helpers }));
    } else if (one.type === "n8n-nodes-base.httpRequest") {
      const carryOn = (error: unknown) => {
        if (one.onError !== "continueRegularOutput") throw error;
        return { json: { error: String(error) } };
      };
      items = await Promise.all(items.map((item) => send(one, item).catch(carryOn)));
    } else if (one.type === "n8n-nodes-base.respondToWebhook") {
      return String(await expression(one.parameters.responseBody ?? "", items[0] ?? { json: null }));
    }
    outputs.set(one.name, items);
  }
  return null;
}
