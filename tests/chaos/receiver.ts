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
  /** Those of them that were worked on, and would be charged for: the connection was gone before the answer. Whoever dies with the answer unread is not noticed here. */
  workedUnacknowledged: number;
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
  const ledger: Ledger = {
    acknowledged: 0,
    unacknowledged: 0,
    workedUnacknowledged: 0,
    callbacks: { sent: 0, again: 0, refused: 0 },
  };
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
    const body = isLater ? JSON.stringify({ accepted: true }) : answerTo(jobs);
    if (wrong === "resetLate" || !isThere()) {
      note(false);
      ledger.workedUnacknowledged += jobs.length;
      incoming.socket.destroy();
    } else {
      outgoing.writeHead(isLater ? 202 : 200, { "content-type": "application/json" }).end(body);
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
      const body = answerTo(message);
      await post(url, id, body, isSingle && random() < 0.5 ? message[0]?.token : undefined);
      ledger.callbacks.sent += 1;
      if (random() < TWICE) {
        ledger.callbacks.again += 1;
        // As the same message, as another one with the same words, or worked on again.
        const dice = random();
        await post(url, dice < 0.5 ? id : crypto.randomUUID(), dice < 0.75 ? body : answerTo(message));
      }
    }
  };
  /** Sends a callback until it is taken: the other end may be dead for a moment. */
  const post = async (url: string, id: string, body: string, token?: string) => {
    for (;;) {
      const timestamp = Math.floor(Date.now() / 1000);
      const headers = token
        ? { authorization: `Bearer ${token}` }
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

/**
 * One person or investment for each job, who is somebody else in every answer: of two answers to a job that were both applied there are two rows, which no merge makes
 * one. An answer that is applied again word for word shows in the count of completions.
 */
function answerTo(jobs: readonly Job[]): string {
  const answer = crypto.randomUUID();
  const results = jobs.map((job) => {
    const { name, domain } = companyOf(job);
    const data =
      job.stage === "company"
        ? { description: `About ${name}`, portfolio: [`Investment ${answer} of ${name}`] }
        : { contacts: [{ name: `Jane ${answer} of ${name}`, email: `jane-${answer}@${domain}` }] };
    return { id: job.id, status: "done", data };
  });
  return JSON.stringify({ results });
}
