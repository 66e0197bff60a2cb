/**
 * A receiver outside of us that misbehaves in every way a real one does, and keeps a ledger. The stage decides how it answers: `company` jobs at once, `contacts` jobs
 * by callback.
 */
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as delay } from "node:timers/promises";
import { type WebhookRequest, webhookRequest } from "../../supabase/functions/_shared/contracts/webhooks.ts";
import { signWebhook } from "../../supabase/functions/_shared/webhooks/standard-webhooks.ts";
import { companyOf } from "../support/subjects.ts";
import type { Random } from "./world.ts";

/** What was asked of the receiver and what it said, counted in jobs. */
export interface Ledger {
  /** Jobs in requests that were answered 2xx, to somebody who was still there. */
  acknowledged: number;
  /** Jobs in requests that were not. */
  unacknowledged: number;
  callbacks: { sent: number; again: number; refused: number };
}

export interface Receiver {
  url: string;
  ledger: Ledger;
  /** Resolves when every callback that is due was taken. */
  settled(): Promise<void>;
  close(): void;
}

type Job = WebhookRequest["jobs"][number];

/** Shares of requests that go wrong, and how long a stalled one stays silent. */
const WRONG = { throttled: 0.03, broken: 0.03, reset: 0.02, resetLate: 0.01, stalled: 0.005 };
const LATE = 0.02;
const TWICE = 0.1;

export async function startReceiver(secret: string, random: Random, stallMs: number): Promise<Receiver> {
  const ledger: Ledger = { acknowledged: 0, unacknowledged: 0, callbacks: { sent: 0, again: 0, refused: 0 } };
  const due = new Set<Promise<void>>();

  const answer = async (incoming: IncomingMessage, outgoing: ServerResponse) => {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(chunk);
    const { jobs, callback_url } = webhookRequest.parse(JSON.parse(Buffer.concat(chunks).toString()));
    const isThere = () => !outgoing.destroyed && incoming.socket.writable;
    const note = (isAcknowledged: boolean) => {
      ledger[isAcknowledged ? "acknowledged" : "unacknowledged"] += jobs.length;
    };
    const wrong = pick(random());
    if (wrong === "stalled") await delay(stallMs);
    if (wrong !== null && wrong !== "resetLate") {
      note(false);
      if (wrong === "reset") incoming.socket.destroy();
      else if (wrong === "throttled") outgoing.writeHead(429, { "retry-after": "1" }).end();
      else outgoing.writeHead(500).end("broken");
      return;
    }
    await delay(20 + 180 * random());
    const isLater = jobs.some((job) => job.stage === "contacts");
    const body = isLater ? { accepted: true } : { results: jobs.map(resultOf) };
    if (wrong === "resetLate" || !isThere()) {
      note(false);
      incoming.socket.destroy();
    } else {
      outgoing
        .writeHead(isLater ? 202 : 200, { "content-type": "application/json" })
        .end(JSON.stringify(body));
      note(true);
    }
    // It works for whoever asked, even if nobody is there any more to hear that it will.
    if (isLater) later(handIn(callback_url, jobs));
  };
  const later = (work: Promise<void>) => {
    const one = work.finally(() => due.delete(one));
    due.add(one);
  };
  const handIn = async (url: string, jobs: readonly Job[]) => {
    await delay(random() < LATE ? 2_000 + 4_000 * random() : 50 + 450 * random());
    const isSingle = random() < 0.2;
    const messages = isSingle ? jobs.map((job) => [job]) : [jobs];
    for (const message of messages) {
      const id = crypto.randomUUID();
      await post(url, id, message, isSingle && random() < 0.5);
      ledger.callbacks.sent += 1;
      if (random() < TWICE) {
        ledger.callbacks.again += 1;
        await post(url, random() < 0.5 ? id : crypto.randomUUID(), message, false);
      }
    }
  };
  /** Sends a callback until it is taken: the other end may be dead for a moment. */
  const post = async (url: string, id: string, jobs: readonly Job[], withToken: boolean) => {
    const body = JSON.stringify({ results: jobs.map(resultOf) });
    for (;;) {
      const timestamp = Math.floor(Date.now() / 1000);
      const headers = withToken
        ? { authorization: `Bearer ${jobs[0]?.token}` }
        : await signWebhook([secret], { id, timestamp, body });
      const status = await fetch(url, {
        method: "POST",
        headers: { "content-type": "application/json", ...headers },
        body,
      }).then(
        async (response) => {
          await response.text();
          return response.status;
        },
        () => 0, // nobody was there
      );
      if (status === 200) return;
      if (status >= 400 && status < 500 && status !== 429)
        throw new Error(`a callback was refused with ${status}`);
      ledger.callbacks.refused += 1;
      await delay(200);
    }
  };

  const server = createServer((incoming, outgoing) => {
    answer(incoming, outgoing).catch((error: unknown) => {
      // Whoever asked was killed in the middle of it.
      if (incoming.socket.writable) console.error(error);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo; // A TCP server that listens has a port.
  return {
    url: `http://127.0.0.1:${port}/hook`,
    ledger,
    async settled() {
      while (due.size > 0) await Promise.all(due);
    },
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}

function pick(dice: number): keyof typeof WRONG | null {
  let sum = 0;
  for (const [name, share] of Object.entries(WRONG)) {
    sum += share;
    if (dice < sum) return name as keyof typeof WRONG; // a key of it
  }
  return null;
}

/** One person a company, so that an effect that happens twice shows. */
function resultOf(job: Job) {
  const { id, stage } = job;
  const { name, domain } = companyOf(job);
  const data =
    stage === "company"
      ? { description: `About ${name}`, portfolio: [`Investment of ${name}`] }
      : { contacts: [{ name: `Jane of ${name}`, email: `jane@${domain}` }] };
  return { id, status: "done", data };
}
