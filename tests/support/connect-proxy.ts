import { createServer } from "node:http";
import { type AddressInfo, connect, type Socket } from "node:net";

/** A proxy on loopback that takes CONNECT, from whoever knows the password. */
export interface ConnectProxy {
  /** As an entry of OUTBOUND_PROXIES. */
  url: string;
  /** Addresses it was asked for by somebody who knew the password, oldest first. */
  asked: string[];
  /** From now on it answers with this status instead of connecting; null: it connects again. */
  answerWith(status: number | null): void;
  close(): void;
}

export const PROXY_USER = "ann";
/** Has characters that an address has to escape. */
export const PROXY_PASSWORD = "hidden/p@ss";

/** Starts one. `sites` says on which loopback port the address `ip:port` is, that being the internet as it sees it; it cannot reach others. */
export async function startConnectProxy(sites: Readonly<Record<string, number>>): Promise<ConnectProxy> {
  const asked: string[] = [];
  const sockets = new Set<Socket>();
  let refusal: number | null = null;
  const server = createServer((_request, response) => response.writeHead(405).end());
  server.on("connection", (socket) => {
    sockets.add(socket);
    socket.on("error", () => {}).on("close", () => sockets.delete(socket));
  });
  const known = `Basic ${Buffer.from(`${PROXY_USER}:${PROXY_PASSWORD}`).toString("base64")}`;
  server.on("connect", (request, downstream: Socket) => {
    const say = (status: number) => downstream.end(`HTTP/1.1 ${status} No\r\ncontent-length: 0\r\n\r\n`);
    const isKnown = request.headers["proxy-authorization"] === known;
    if (isKnown) asked.push(request.url ?? "");
    const port = sites[request.url ?? ""];
    if (!isKnown || refusal !== null || port === undefined) {
      say(isKnown ? (refusal ?? 502) : 407);
      return;
    }
    const upstream = connect(port, "127.0.0.1", () => {
      downstream.write("HTTP/1.1 200 Connection established\r\n\r\n");
      downstream.pipe(upstream).pipe(downstream);
    });
    sockets.add(upstream);
    upstream.on("error", () => say(502)).on("close", () => downstream.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo; // A TCP server that listens has a port.
  return {
    url: `http://${PROXY_USER}:${encodeURIComponent(PROXY_PASSWORD)}@127.0.0.1:${port}`,
    asked,
    answerWith(status) {
      refusal = status;
    },
    close() {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
}
