import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Services, startServices } from "./support/services.ts";

let services: Services;
beforeAll(async () => {
  services = await startServices("shop.sql");
});
afterAll(() => services.stop());

/** Well before the statement would end by itself. */
const soon = { timeout: 4000 };
const eventually = { timeout: 20_000 };

const slowly = () => services.client({ secret: true }).rpc("slow", { s: 7 });

const activeSlow = async () => {
  const { rows } = await services.postgres.query(
    "select from pg_stat_activity where state = 'active' and query like '%slow%' and pid <> pg_backend_pid()",
  );
  return rows.length;
};

it("never answers one caller as another, while requests fail and are aborted all around", async () => {
  const users = await Promise.all(
    Array.from({ length: 20 }, async (_, i) => {
      const id = `00000000-0000-4000-8000-${String(i).padStart(12, "0")}`;
      return { id, token: await services.tokens.sign({ sub: id, role: "authenticated" }, 3600) };
    }),
  );
  const send = async (path: string, token: string | null, init: RequestInit) => {
    const response = await fetch(`${services.url}/rest/v1/${path}`, {
      ...init,
      headers: {
        apikey: services.publishableKey,
        ...(token && { authorization: `Bearer ${token}` }),
        ...Object.fromEntries(new Headers(init.headers)),
      },
    });
    return { status: response.status, body: await response.json() };
  };
  const post = (body: unknown): RequestInit => ({ method: "POST", body: JSON.stringify(body) });
  const single = { prefer: "return=representation", accept: "application/vnd.pgrst.object+json" };
  type Kind = (user: { id: string; token: string }, signal: AbortSignal | null) => Promise<boolean>;
  const kinds: Kind[] = [
    async ({ id, token }, signal) => {
      const { body } = await send("rpc/whoami", token, { signal });
      return body.u === "authenticated" && body.uid === id;
    },
    async (_, signal) => {
      const { body } = await send("rpc/whoami", null, { signal });
      return body.u === "anon" && body.uid === null;
    },
    async (_, signal) =>
      (await send("rpc/raise_it", null, { signal, ...post({ code: "P0001" }) })).body.code === "P0001",
    async (_, signal) => (await send("rpc/slow", null, { signal, ...post({ s: 0.01 }) })).body === 1,
    async ({ token }, signal) => {
      const init = { signal, method: "PATCH", body: '{"name":"x"}', headers: single };
      return (await send("tree?id=eq.1", token, init)).status === 406; // rolled back: no row may be changed
    },
  ];
  const outcomes = { right: 0, wrong: 0, aborted: 0 };
  const worker = async (w: number) => {
    for (let i = 0; i < 20; i++) {
      const user = users[(w * 7 + i) % users.length];
      const kind = kinds[(w + i) % kinds.length];
      if (!user || !kind) throw new Error("no such user or kind");
      const signal = (w + i) % 4 === 0 ? AbortSignal.timeout(1 + ((w * 13 + i * 5) % 30)) : null;
      try {
        outcomes[(await kind(user, signal)) ? "right" : "wrong"]++;
      } catch (error) {
        if (!signal?.aborted) throw error;
        outcomes.aborted++;
      }
    }
  };
  await Promise.all(Array.from({ length: 40 }, (_, w) => worker(w)));
  expect(outcomes.wrong).toBe(0);
  expect(outcomes.aborted).toBeGreaterThan(0);
  expect(outcomes.right + outcomes.aborted).toBe(800);
});

describe("an aborted request", () => {
  it("stops its statement", async () => {
    const stop = new AbortController();
    const request = slowly().abortSignal(stop.signal).then();
    await expect.poll(activeSlow, eventually).toBe(1);
    stop.abort();
    await request;
    await expect.poll(activeSlow, soon).toBe(0);
  });

  it("writes nothing", async () => {
    const { client } = await services.signedIn("aborter");
    await services.postgres.query(
      `create function public.slow_write() returns void language sql volatile as
       $$ insert into public.defs (a) values ('aborted'); select public.slow(7) $$`,
    );
    await expect
      .poll(async () => (await services.client().rpc("slow_write", { x: 1 })).error?.hint, eventually)
      .toContain("slow_write");
    const stop = new AbortController();
    const request = client.rpc("slow_write").abortSignal(stop.signal).then();
    await expect.poll(activeSlow, eventually).toBe(1);
    stop.abort();
    await request;
    await expect.poll(activeSlow, soon).toBe(0);
    expect((await client.from("defs").select("id").eq("a", "aborted")).data).toEqual([]);
  });
});

describe("when Postgres ends all connections", () => {
  const kill = () =>
    services.postgres.query(
      "select pg_terminate_backend(pid) from pg_stat_activity where usename in ('authenticator', 'supabase_auth_admin')",
    );
  const status = async () => (await services.request("/rest/v1/tree?limit=1")).status;

  it("REST and Auth answer again, a request under way with an error", async () => {
    const running = slowly();
    const outcome = running.then(({ status, error }) => [status, error?.code]);
    await expect.poll(activeSlow, eventually).toBe(1);
    await kill();
    expect(await outcome).toEqual([503, "57P01"]);
    await expect.poll(status, eventually).toBe(200);
    await expect
      .poll(async () => (await services.client().auth.resetPasswordForEmail("x@shop.test")).error, eventually)
      .toBeNull();
  });

  it("REST still hears of new tables and stops aborted statements", async () => {
    await kill();
    await expect.poll(status, eventually).toBe(200);
    await services.postgres.query(
      "create table public.again (id int); grant all on public.again to service_role",
    );
    const found = async () => (await services.client({ secret: true }).from("again").select("*")).status;
    await expect.poll(found, eventually).toBe(200);
    const stop = new AbortController();
    const request = slowly().abortSignal(stop.signal).then();
    await expect.poll(activeSlow, eventually).toBe(1);
    stop.abort();
    await request;
    await expect.poll(activeSlow, soon).toBe(0);
  });
});
