/** The research-callback function as a process of its own, on the port of PORT, until it is killed. */
import { createServer } from "node:http";
import { connect } from "../../supabase/functions/_shared/db.ts";
import { integrationSettings } from "../../supabase/functions/_shared/integrations/settings.ts";
import { setting } from "../../supabase/functions/_shared/settings.ts";
import { createHandler } from "../../supabase/functions/research-callback/handler.ts";

const handle = createHandler({ db: connect(setting("SUPABASE_DB_URL")), settings: integrationSettings() });
const port = Number(setting("PORT"));

createServer(async (incoming, outgoing) => {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk);
  const headers = Object.entries(incoming.headers).flatMap(([name, value]): [string, string][] =>
    typeof value === "string" ? [[name, value]] : [],
  );
  const url = `http://127.0.0.1:${port}${incoming.url}`;
  const response = await handle(
    new Request(url, { method: incoming.method ?? "POST", headers, body: Buffer.concat(chunks) }),
  );
  outgoing.writeHead(response.status, Object.fromEntries(response.headers));
  outgoing.end(await response.text());
}).listen(port, "127.0.0.1");
