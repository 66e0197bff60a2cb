// Runs inside Deno, before the function: it takes the place of hosted's edge runtime. The first line of its input is
// a secret that every request must carry; "retire" means: finish what you have and end. When the input ends, the
// stack is gone.

/** The little of Deno that is used here. */
declare const Deno: {
  args: string[];
  stdin: { readable: ReadableStream<Uint8Array> };
  stdout: { writeSync(data: Uint8Array): number };
  exit(code: number): never;
  serve(first: Handler | ServeOptions, second?: Handler): { shutdown(): Promise<void> };
};
type Handler = (request: Request, info: unknown) => Response | Promise<Response>;
interface ServeOptions {
  handler?: Handler;
  port?: number;
  hostname?: string;
  onListen?: (address: { port: number }) => void;
}

const secretHeader = "x-stack-worker";
const input = Deno.stdin.readable.getReader();
/** What the stack says next; null when it is gone. */
const hear = async () => {
  const { value } = await input.read();
  return value ? new TextDecoder().decode(value) : null;
};
const secret = (await hear())?.trim() ?? Deno.exit(1);

const background = new Set<Promise<unknown>>();
let server: { shutdown(): Promise<void> } | undefined;

Object.assign(globalThis, {
  EdgeRuntime: {
    /** Keeps the worker alive until the promise settles, also after it was told to retire. */
    waitUntil<T>(promise: Promise<T>): Promise<T> {
      const settled = promise
        .catch((error: unknown) => console.error("background task failed:", error))
        .finally(() => background.delete(settled));
      background.add(settled);
      return promise;
    },
  },
});

const serve = Deno.serve;
Deno.serve = (first, second) => {
  const handler = second ?? (typeof first === "function" ? first : first.handler);
  if (!handler) throw new TypeError("Deno.serve needs a handler");
  const onListen = ({ port }: { port: number }) =>
    Deno.stdout.writeSync(new TextEncoder().encode(`${secret} ${port}\n`));
  server = serve({ port: 0, hostname: "127.0.0.1", onListen }, async (request, info) => {
    if (request.headers.get(secretHeader) !== secret) return new Response(null, { status: 403 });
    const headers = new Headers(request.headers);
    headers.delete(secretHeader);
    try {
      return await handler(new Request(request, { headers }), info);
    } catch (error) {
      console.error(error);
      return new Response("Internal Server Error", { status: 500 });
    }
  });
  return server;
};

globalThis.addEventListener("unhandledrejection", (event) => {
  console.error("unhandled rejection:", event.reason);
  event.preventDefault();
});

async function obey(): Promise<never> {
  for (let told = await hear(); told !== null; told = await hear()) {
    if (told.includes("retire")) void retire();
  }
  return Deno.exit(0);
}

async function retire(): Promise<never> {
  await server?.shutdown();
  while (background.size > 0) await Promise.all(background);
  return Deno.exit(0);
}

void obey();
try {
  await import(Deno.args[0] ?? "");
  if (!server) throw new Error("the function does not call Deno.serve");
} catch (error) {
  console.error(error);
  Deno.exit(1);
}

export {};
