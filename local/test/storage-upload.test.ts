import { randomBytes, randomUUID } from "node:crypto";
import { readFile, writeFile } from "node:fs/promises";
import { request } from "node:http";
import { join } from "node:path";
import { Readable } from "node:stream";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startStorage } from "../src/storage/server.ts";
import { type Fixture, serveOn, type User } from "./support/fixture.ts";
import { own, put, type StorageService, startStorageService } from "./support/storage.ts";

let service: StorageService;
let fixture: Fixture;
let url: string;
let alice: User;
let bob: User;

beforeAll(async () => {
  service = await startStorageService();
  ({ fixture, url, alice, bob } = service);
});

afterAll(() => service.stop());

describe("uploading", () => {
  test("a file sent as a form comes back byte for byte, with its type and metadata", async () => {
    const bytes = randomBytes(3_000_000);
    const path = own(alice, "form.bin");
    const sent = await alice.client.storage
      .from("files")
      .upload(path, new Blob([bytes], { type: "application/x-thing" }), { metadata: { source: "é" } });
    expect(sent.error).toBeNull();
    const got = await alice.client.storage.from("files").download(path);
    expect(got.data?.type).toBe("application/x-thing");
    expect(Buffer.from((await got.data?.arrayBuffer()) ?? new ArrayBuffer(0)).equals(bytes)).toBe(true);
    const { data } = await alice.client.storage.from("files").info(path);
    expect(data).toMatchObject({
      id: sent.data?.id,
      size: bytes.length,
      metadata: { source: "é" },
      cacheControl: "max-age=3600",
    });
  });

  test("a raw body comes back byte for byte, empty ones too", async () => {
    for (const text of ["", "Grüße, 世界"]) {
      const path = await put(alice, "raw.txt", text);
      const { data } = await alice.client.storage.from("files").download(path);
      expect(await data?.text()).toBe(text);
    }
  });

  test("a name that is taken is refused and its file kept, unless upsert replaces it", async () => {
    const path = await put(alice, "taken.txt", "first");
    const again = await alice.client.storage.from("files").upload(path, "second");
    expect(again.error).toMatchObject({ statusCode: "409", message: "The resource already exists" });
    const files = await service.onDisk("objects");
    const replaced = await alice.client.storage.from("files").upload(path, "third", { upsert: true });
    expect(replaced.error).toBeNull();
    const updated = await alice.client.storage.from("files").update(path, "fourth");
    expect(updated.data?.id).toBe(replaced.data?.id);
    expect(await (await alice.client.storage.from("files").download(path)).data?.text()).toBe("fourth");
    expect(await service.onDisk("objects")).toBe(files);
  });

  test("of many who upsert one name at once, one file is left", async () => {
    const files = await service.onDisk("objects");
    await Promise.all(Array.from({ length: 8 }, (_, n) => put(alice, "contended.txt", `${n}`)));
    expect(await service.onDisk("objects")).toBe(files + 1);
  });

  test("somebody else's folder is refused, and nothing is left", async () => {
    const before = [await service.rows(), await service.onDisk("objects"), await service.onDisk("incoming")];
    for (const upsert of [true, false]) {
      const { error } = await bob.client.storage.from("files").upload(own(alice, "x.txt"), "x", { upsert });
      expect(error).toMatchObject({ statusCode: "403" });
    }
    expect([await service.rows(), await service.onDisk("objects"), await service.onDisk("incoming")]).toEqual(
      before,
    );
  });

  test("upsert does not replace a file that only its owner may change", async () => {
    const path = await put(alice, "mine.txt", "mine");
    const { error } = await bob.client.storage.from("files").upload(path, "theirs", { upsert: true });
    expect(error).toMatchObject({ statusCode: "403" });
    expect(await (await alice.client.storage.from("files").download(path)).data?.text()).toBe("mine");
  });

  test("a file over the bucket's limit is refused as form and as raw body, and nothing is left", async () => {
    const before = [await service.rows(), await service.onDisk("objects"), await service.onDisk("incoming")];
    const large = "x".repeat(1001);
    for (const body of [large, new Blob([large], { type: "text/plain" })]) {
      const { error } = await alice.client.storage.from("small").upload(own(alice, "large.txt"), body);
      expect(error).toMatchObject({ statusCode: "413" });
    }
    expect([await service.rows(), await service.onDisk("objects"), await service.onDisk("incoming")]).toEqual(
      before,
    );
  });

  test("a file of exactly the limit is taken", async () => {
    const { error } = await alice.client.storage
      .from("small")
      .upload(own(alice, "exact.txt"), "x".repeat(1000));
    expect(error).toBeNull();
  });

  test("a large file over the limit gets an answer, not a broken connection", async () => {
    const large = new Blob([Buffer.alloc(20_000_000)], { type: "text/plain" });
    const { error } = await alice.client.storage.from("small").upload(own(alice, "large.txt"), large);
    expect(error).toMatchObject({ statusCode: "413" });
  });

  test("a type that the bucket does not take is refused", async () => {
    for (const body of ["{}", new Blob(["{}"], { type: "application/json" })]) {
      const options = { contentType: "application/json" };
      const { error } = await alice.client.storage.from("small").upload(own(alice, "a.json"), body, options);
      expect(error).toMatchObject({ statusCode: "415" });
    }
  });

  test("an upload cut off leaves no row and no file", async () => {
    const before = [await service.rows(), await service.onDisk("objects")];
    const form =
      '--b\r\ncontent-disposition: form-data; name=""; filename="a"\r\ncontent-type: text/plain\r\n\r\n';
    for (const [type, start] of [
      ["text/plain", ""],
      ["multipart/form-data; boundary=b", form],
    ] as const) {
      const headers = {
        apikey: fixture.keys.publishable,
        authorization: `Bearer ${alice.session.token}`,
        "content-type": type,
        "content-length": "9000000",
      };
      const sending = request(`${url}/storage/v1/object/files/${own(alice, "cut.txt")}`, {
        method: "POST",
        headers,
      });
      sending.on("error", () => {}); // we end it ourselves
      sending.write(start + "x".repeat(100_000));
      await expect.poll(() => service.onDisk("incoming")).toBe(1);
      sending.destroy();
      await expect.poll(() => service.onDisk("incoming")).toBe(0);
    }
    expect([await service.rows(), await service.onDisk("objects")]).toEqual(before);
  });

  test.each([
    [
      "cut short inside the file",
      "multipart/form-data; boundary=b",
      'content-disposition: form-data; name=""; filename="a"\r\n\r\nhalf',
    ],
    [
      "cut short before the end",
      "multipart/form-data; boundary=b",
      'content-disposition: form-data; name=""; filename="a"\r\n\r\nhalf\r\n--b\r\n',
    ],
    ["cut short in a header", "multipart/form-data; boundary=b", "content-dispo"],
    [
      "without a file",
      "multipart/form-data; boundary=b",
      'content-disposition: form-data; name="cacheControl"\r\n\r\n1\r\n--b--\r\n',
    ],
    [
      "without a boundary",
      "multipart/form-data",
      'content-disposition: form-data; name=""; filename="a"\r\n\r\nx\r\n--b--\r\n',
    ],
    [
      "with a cache control that is a header",
      "multipart/form-data; boundary=b",
      'content-disposition: form-data; name="cacheControl"\r\n\r\n1\r\nset-cookie: x\r\n--b\r\ncontent-disposition: form-data; name=""; filename="a"\r\n\r\nx\r\n--b--\r\n',
    ],
    [
      "with metadata that is not an object",
      "multipart/form-data; boundary=b",
      'content-disposition: form-data; name="metadata"\r\n\r\n[1]\r\n--b\r\ncontent-disposition: form-data; name=""; filename="a"\r\n\r\nx\r\n--b--\r\n',
    ],
  ])("a form %s is refused, and nothing is left", async (_what, type, body) => {
    const before = [await service.rows(), await service.onDisk("objects"), await service.onDisk("incoming")];
    const response = await fetch(`${url}/storage/v1/object/files/${own(alice, "form.txt")}`, {
      method: "POST",
      body: `--b\r\n${body}`,
      headers: {
        apikey: fixture.keys.publishable,
        authorization: `Bearer ${alice.session.token}`,
        "content-type": type,
      },
    });
    expect([response.status, (await response.json()).statusCode]).toEqual([400, "400"]);
    expect([await service.rows(), await service.onDisk("objects"), await service.onDisk("incoming")]).toEqual(
      before,
    );
  });

  test("memory stays flat while a large form is streamed to disk", async () => {
    const megabytes = 96;
    const chunk = randomBytes(1024 * 1024);
    const head =
      '--b\r\ncontent-disposition: form-data; name=""; filename="a"\r\ncontent-type: text/plain\r\n\r\n';
    async function* body() {
      yield Buffer.from(head);
      for (let sent = 0; sent < megabytes; sent += 1) yield chunk;
      yield Buffer.from("\r\n--b--\r\n");
    }
    const large = await startStorage({
      connection: fixture.database.connection("supabase_storage_admin"),
      directory: join(fixture.directory, "large"),
      keys: fixture.keys,
      tokens: fixture.tokens,
      fileSizeLimit: 2 ** 30,
      report: (error) => service.reported.push(error),
    });
    const served = await serveOn({ "/storage/v1": large.app });
    const before = process.memoryUsage().rss;
    let peak = before;
    const watch = setInterval(() => {
      peak = Math.max(peak, process.memoryUsage().rss);
    }, 10);
    const response = await fetch(`${served.url}/storage/v1/object/files/${own(alice, "large.bin")}`, {
      method: "POST",
      body: Readable.toWeb(Readable.from(body())),
      duplex: "half",
      headers: {
        apikey: fixture.keys.publishable,
        authorization: `Bearer ${alice.session.token}`,
        "content-type": "multipart/form-data; boundary=b",
      },
    } as unknown as RequestInit); // the DOM's RequestInit knows neither duplex nor node's class of streams
    clearInterval(watch);
    served.server.close();
    await large.close();
    expect(response.status).toBe(200);
    expect((peak - before) / 1024 / 1024).toBeLessThan(60);
  });
});

test("files of uploads that a crash cut off are gone after the next start", async () => {
  const path = await put(alice, "kept.txt", "kept");
  const root = join(fixture.directory, "storage");
  await writeFile(join(root, "objects", randomUUID()), "orphan");
  await writeFile(join(root, "incoming", randomUUID()), "orphan");
  const { rows: known } = await fixture.sql.query(
    "select 1 from storage.objects where version is not null and metadata ->> 'eTag' is not null",
  );
  const again = await startStorage({
    connection: fixture.database.connection("supabase_storage_admin"),
    directory: root,
    keys: fixture.keys,
    tokens: fixture.tokens,
    report: (error) => service.reported.push(error),
  });
  await again.close();
  expect(await service.onDisk("incoming")).toBe(0);
  expect(await service.onDisk("objects")).toBeLessThanOrEqual(known.length);
  expect(await (await alice.client.storage.from("files").download(path)).data?.text()).toBe("kept");
});

test("a request in flight when Postgres is killed gets an answer, and the next ones work", async () => {
  const admin = new pg.Client({ connectionString: fixture.database.connection("supabase_admin") });
  admin.on("error", () => {}); // it is killed with the rest
  await admin.connect();
  await admin.query("begin; lock table storage.objects");
  const waiting = alice.client.storage.from("files").upload(own(alice, "in-flight.txt"), "x");
  const blocked = "select count(*)::int as blocked from pg_stat_activity where wait_event_type = 'Lock'";
  await expect.poll(async () => (await fixture.sql.query(blocked)).rows[0].blocked).toBe(1);
  const { rows } = await admin.query("select current_setting('data_directory') as directory");
  process.kill(
    Number.parseInt(await readFile(join(rows[0].directory, "postmaster.pid"), "utf8"), 10),
    "SIGKILL",
  );
  expect((await waiting).error).toMatchObject({ status: 500 });
  const upload = () =>
    alice.client.storage.from("files").upload(own(alice, "after.txt"), "x", { upsert: true });
  await expect.poll(async () => (await upload()).error, { timeout: 20_000, interval: 200 }).toBeNull();
  service.reported.length = 0;
});
