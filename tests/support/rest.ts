import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { startRest } from "../../local/src/rest/rest.ts";
import { generateSigningKey, Tokens } from "../../local/src/tokens.ts";
import type { TestDatabase } from "./database.ts";

export interface Answer {
  status: number;
  body: string;
}

/** The REST API of the embedded stack over HTTP, on a test database. */
export interface RestServer {
  /** Calls a function as a signed-in user; `body` is sent as it is. */
  call(name: string, body: string, userId: string): Promise<Answer>;
  /** Failures that callers were not told about. */
  reported: unknown[];
  close(): Promise<void>;
}

export async function serveRest(database: TestDatabase): Promise<RestServer> {
  const tokens = await Tokens.create(await generateSigningKey(), "http://127.0.0.1/auth/v1");
  const keys = { publishable: "sb_publishable_test", secret: "sb_secret_test" };
  const reported: unknown[] = [];
  const { app, close } = await startRest({
    connection: database.connection("authenticator"),
    keys,
    tokens,
    report: (error) => reported.push(error),
  });
  const server = createServer(async (request, response) => {
    const headers = new Headers();
    for (const [name, value] of Object.entries(request.headers)) headers.set(name, String(value));
    const answer = await app.request(request.url ?? "/", {
      method: "POST",
      headers,
      body: await text(request),
    });
    response.writeHead(answer.status).end(await answer.text());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  // A listening TCP server has an address with a port.
  const { port } = server.address() as AddressInfo;
  return {
    reported,
    async call(name, body, userId) {
      const token = await tokens.sign({ sub: userId, role: "authenticated" }, 60);
      const response = await fetch(`http://127.0.0.1:${port}/rpc/${name}`, {
        method: "POST",
        headers: {
          apikey: keys.publishable,
          authorization: `Bearer ${token}`,
          "content-type": "application/json",
        },
        body,
      });
      return { status: response.status, body: await response.text() };
    },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await close();
    },
  };
}
