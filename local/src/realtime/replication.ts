import { randomUUID } from "node:crypto";
import type pg from "pg";
import { LogicalReplicationService, type Pgoutput, PgoutputPlugin } from "pg-logical-replication";
import { asError } from "./as-error.ts";
import { isObject } from "./wire.ts";

/** A committed row of realtime.messages. `payload` is JSON text. */
export interface DatabaseMessage {
  id: string;
  topic: string;
  event: string;
  payload: string;
  private: boolean;
}

interface FollowOptions {
  /** Connection string of a role with REPLICATION. */
  connection: string;
  onMessage: (message: DatabaseMessage) => void;
  /** The stream was lost, and with it every message until it is back. */
  onLost: () => void;
  report: (error: Error) => void;
}

export interface Follower {
  /** Whether messages committed now will be delivered. */
  readonly following: boolean;
  close(): Promise<void>;
}

const publication = "supabase_realtime_messages_publication";
const firstDelayMs = 100;
const longestDelayMs = 5000;

/**
 * Streams the inserts into realtime.messages as they commit, in commit order. Resolves once the stream is open, rejects
 * when it cannot be opened the first time; after that it reconnects until closed.
 */
export async function followMessages(options: FollowOptions): Promise<Follower> {
  let stream = await openStream(options);
  let following = true;
  let closed = false;
  let delay = firstDelayMs;
  let timer: NodeJS.Timeout | undefined;

  const reopen = async () => {
    try {
      const next = await openStream(options);
      if (closed) return next.close();
      stream = next;
      following = true;
      delay = firstDelayMs;
      watch();
    } catch (error) {
      if (closed) return;
      options.report(asError(error));
      delay = Math.min(delay * 2, longestDelayMs);
      timer = setTimeout(reopen, delay);
    }
  };
  const watch = () => {
    stream.ended.then((reason) => {
      if (closed) return;
      following = false;
      options.report(new Error(`Realtime lost its stream from Postgres: ${reason}`));
      options.onLost();
      timer = setTimeout(reopen, delay);
    });
  };
  watch();

  return {
    get following() {
      return following;
    },
    close: () => {
      closed = true;
      following = false;
      clearTimeout(timer);
      return stream.close();
    },
  };
}

interface Stream {
  /** Resolves with the reason when the stream is over. */
  ended: Promise<string>;
  close(): Promise<void>;
}

async function openStream({ connection, onMessage, report }: FollowOptions): Promise<Stream> {
  const service = new LogicalReplicationService(
    { connectionString: connection, application_name: "realtime" },
    // The slot is temporary, so acknowledging only lets Postgres recycle WAL: every ten seconds is often enough.
    { acknowledge: { auto: false, timeoutSeconds: 10 } },
  );
  service.on("data", (_lsn: string, change: Pgoutput.Message) => {
    const message = toMessage(change);
    if (message) onMessage(message);
  });
  service.on("heartbeat", (lsn, _time, respond) => {
    if (respond) service.acknowledge(lsn).catch((error: unknown) => report(asError(error)));
  });
  const started = new Promise<void>((resolve) => service.on("start", () => resolve()));
  let reason = "the connection was closed";
  service.on("error", (error) => {
    reason = error.message;
  });
  const ended = service
    .subscribe(new MessagesPlugin(), `realtime_${randomUUID().replaceAll("-", "_")}`)
    .then(
      () => reason,
      (error: unknown) => asError(error).message,
    )
    .then(async (why) => {
      await service.destroy();
      return why;
    });
  const opened = await Promise.race([started, ended]);
  if (opened !== undefined) throw new Error(`Realtime could not follow realtime.messages: ${opened}`);
  return {
    ended,
    close: async () => {
      await service.destroy();
    },
  };
}

/** The slot is created on the streaming connection and goes with it, so it never holds WAL back for nobody. */
class MessagesPlugin extends PgoutputPlugin {
  constructor() {
    super({ protoVersion: 1, publicationNames: [publication] });
  }

  override async start(client: pg.Client, slot: string, position: string) {
    await client.query(`CREATE_REPLICATION_SLOT "${slot}" TEMPORARY LOGICAL pgoutput NOEXPORT_SNAPSHOT`);
    return super.start(client, slot, position);
  }

  override parse(buffer: Buffer): Pgoutput.Message {
    const message = super.parse(buffer);
    if (message.tag === "relation") {
      for (const column of message.columns) column.parser = (text: string) => text; // payloads pass through as text
    }
    return message;
  }
}

function toMessage(change: Pgoutput.Message): DatabaseMessage | undefined {
  if (change.tag !== "insert" || !isObject(change.new)) return undefined;
  const { id, topic, extension, event, payload } = change.new;
  if (extension !== "broadcast" || typeof id !== "string") return undefined;
  if (typeof topic !== "string" || typeof event !== "string") return undefined;
  return {
    id,
    topic,
    event,
    payload: typeof payload === "string" ? payload : "{}",
    private: change.new.private === "t",
  };
}
