import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { Duplex } from "node:stream";
import { getRequestListener } from "@hono/node-server";
import type { Hono } from "hono";
import { StackError } from "../stack-error.ts";
import { isOurHost } from "./hosts.ts";

/** Where requests go once everything has started. */
export interface Routes {
  app: Hono;
  functions: (request: IncomingMessage, response: ServerResponse) => Promise<void>;
  upgrade: (request: IncomingMessage, socket: Duplex, head: Buffer) => void;
}

export interface GatewayServerOptions {
  port: number;
  host: string;
  report: (error: unknown) => void;
}

/** How long requests may take to end when the stack stops. */
const graceMs = 1_000;

/** The stack's one listening port. It is taken first, and answers 503 until it is opened. */
export class GatewayServer {
  readonly #server: Server;
  readonly #options: GatewayServerOptions;
  readonly #upgraded = new Set<Duplex>();
  #closing: Promise<void> | undefined;
  #routes: (Omit<Routes, "app"> & { app: ReturnType<typeof getRequestListener> }) | undefined;

  private constructor(options: GatewayServerOptions) {
    this.#options = options;
    // A large upload over a slow line takes longer than Node's five minutes.
    this.#server = createServer({ maxHeaderSize: 65_536, requestTimeout: 0 });
    this.#server.on("request", (request, response) => {
      this.#answer(request, response).catch((error: unknown) => {
        options.report(error);
        if (response.headersSent) response.destroy();
        else response.writeHead(500).end();
      });
    });
    this.#server.on("upgrade", (request, socket, head) => this.#upgrade(request, socket, head));
  }

  /** Throws a StackError when the port cannot be had. */
  static async listen(options: GatewayServerOptions): Promise<GatewayServer> {
    const gateway = new GatewayServer(options);
    const { port, host } = options;
    await new Promise<void>((resolve, reject) => {
      gateway.#server.once("error", (error: NodeJS.ErrnoException) => reject(refused(error, host, port)));
      gateway.#server.listen(port, host, resolve);
    });
    return gateway;
  }

  /** The port listened on, also when 0 was asked for. */
  get port(): number {
    const address = this.#server.address();
    if (address === null || typeof address === "string") throw new Error("the gateway does not listen");
    return address.port;
  }

  open({ app, ...others }: Routes): void {
    this.#routes = { ...others, app: getRequestListener(app.fetch) };
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (!isOurHost(request.headers.host, this.#options.host)) {
      response
        .writeHead(403, { "content-type": "text/plain" })
        .end("This name is not one of the stack's own.\n");
    } else if (!this.#routes) {
      response
        .writeHead(503, { "retry-after": "1", "content-type": "text/plain" })
        .end("The stack is starting.\n");
    } else if (request.url?.startsWith("/functions/v1/")) {
      await this.#routes.functions(request, response);
    } else {
      await this.#routes.app(request, response);
    }
  }

  #upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    const path = request.url?.split("?")[0];
    if (
      this.#routes &&
      path === "/realtime/v1/websocket" &&
      isOurHost(request.headers.host, this.#options.host)
    ) {
      this.#upgraded.add(socket);
      socket.once("close", () => this.#upgraded.delete(socket));
      this.#routes.upgrade(request, socket, head);
      return;
    }
    socket.on("error", () => socket.destroy()); // the client is gone already
    socket.end("HTTP/1.1 403 Forbidden\r\nconnection: close\r\n\r\n");
  }

  /** Takes no new connections, gives requests under way a moment, then cuts them off. */
  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    const closed = new Promise((resolve) => this.#server.close(resolve));
    this.#server.closeIdleConnections();
    for (const socket of this.#upgraded) socket.destroy();
    const cut = setTimeout(() => this.#server.closeAllConnections(), graceMs);
    await closed;
    clearTimeout(cut);
  }
}

function refused(error: NodeJS.ErrnoException, host: string, port: number): Error {
  if (error.code === "EADDRINUSE") {
    return new StackError(`Port ${port} is taken: stop what uses it, or choose another one with --port.`, {
      cause: error,
    });
  }
  if (error.code === "EACCES") {
    return new StackError(`Port ${port} may not be used by this user: choose one above 1023 with --port.`, {
      cause: error,
    });
  }
  if (error.code === "EADDRNOTAVAIL" || error.code === "ENOTFOUND") {
    return new StackError(`${host} is not an address of this machine: choose another host.`, {
      cause: error,
    });
  }
  return error;
}
