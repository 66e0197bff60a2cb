import { randomBytes, randomUUID } from "node:crypto";
import { readdir, readFile, writeFile } from "node:fs/promises";
import { request } from "node:http";
import { join } from "node:path";
import { Readable } from "node:stream";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Storage, startStorage } from "../src/storage/server.ts";
import {
  type Fixture,
  keyClient,
  serveOn,
  signIn,
  startFixture,
  type User,
} from "./realtime-storage-fixture.ts";

const migration = `
insert into storage.buckets (id, name, file_size_limit, allowed_mime_types) values
  ('files', 'files', null, null),
  ('small', 'small', 1000, array['text/*']),
  ('closed', 'closed', null, null);
create policy "own folder" on storage.objects to authenticated
  using (bucket_id in ('files', 'small') and (storage.foldername(name))[1] = (select auth.uid())::text)
  with check (bucket_id in ('files', 'small') and (storage.foldername(name))[1] = (select auth.uid())::text);
create policy "buckets may be seen" on storage.buckets for select to authenticated using (true);
`;

let fixture: Fixture;
let storage: Storage;
let url: string;
let close: () => void;
let alice: User;
let bob: User;
const reported: Error[] = [];

beforeAll(async () => {
  fixture = await startFixture(migration);
  const { database, keys, tokens, directory } = fixture;
  storage = await startStorage({
    connection: database.connection("supabase_storage_admin"),
    directory: join(directory, "storage"),
    keys,
    tokens,
    report: (error) => reported.push(error),
  });
  const served = await serveOn({ "/storage/v1": storage.app });
  url = served.url;
  close = () => served.server.close();
  alice = await signIn(fixture, url);
  bob = await signIn(fixture, url);
});

afterAll(async () => {
  close();
  await storage.close();
  await fixture.stop();
  expect(reported.map((error) => error.message)).toEqual([]);
});

const onDisk = async (folder: string) => (await readdir(join(fixture.directory, "storage", folder))).length;
const rows = async () =>
  Number((await fixture.sql.query("select count(*) from storage.objects")).rows[0].count);
const own = (user: User, name: string) => `${user.id}/${name}`;

async function put(user: User, name: string, body: string, type = "text/plain"): Promise<string> {
  const path = own(user, name);
  const { error } = await user.client.storage
    .from("files")
    .upload(path, body, { contentType: type, upsert: true });
  expect(error).toBeNull();
  return path;
}

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
    const files = await onDisk("objects");
    const replaced = await alice.client.storage.from("files").upload(path, "third", { upsert: true });
    expect(replaced.error).toBeNull();
    const updated = await alice.client.storage.from("files").update(path, "fourth");
    expect(updated.data?.id).toBe(replaced.data?.id);
    expect(await (await alice.client.storage.from("files").download(path)).data?.text()).toBe("fourth");
    expect(await onDisk("objects")).toBe(files);
  });

  test("of many who upsert one name at once, one file is left", async () => {
    const files = await onDisk("objects");
    await Promise.all(Array.from({ length: 8 }, (_, n) => put(alice, "contended.txt", `${n}`)));
    expect(await onDisk("objects")).toBe(files + 1);
  });

  test("somebody else's folder is refused, and nothing is left", async () => {
    const before = [await rows(), await onDisk("objects"), await onDisk("incoming")];
    for (const upsert of [true, false]) {
      const { error } = await bob.client.storage.from("files").upload(own(alice, "x.txt"), "x", { upsert });
      expect(error).toMatchObject({ statusCode: "403" });
    }
    expect([await rows(), await onDisk("objects"), await onDisk("incoming")]).toEqual(before);
  });

  test("upsert does not replace a file that only its owner may change", async () => {
    const path = await put(alice, "mine.txt", "mine");
    const { error } = await bob.client.storage.from("files").upload(path, "theirs", { upsert: true });
    expect(error).toMatchObject({ statusCode: "403" });
    expect(await (await alice.client.storage.from("files").download(path)).data?.text()).toBe("mine");
  });

  test("a file over the bucket's limit is refused as form and as raw body, and nothing is left", async () => {
    const before = [await rows(), await onDisk("objects"), await onDisk("incoming")];
    const large = "x".repeat(1001);
    for (const body of [large, new Blob([large], { type: "text/plain" })]) {
      const { error } = await alice.client.storage.from("small").upload(own(alice, "large.txt"), body);
      expect(error).toMatchObject({ statusCode: "413" });
    }
    expect([await rows(), await onDisk("objects"), await onDisk("incoming")]).toEqual(before);
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
    const before = [await rows(), await onDisk("objects")];
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
      await expect.poll(() => onDisk("incoming")).toBe(1);
      sending.destroy();
      await expect.poll(() => onDisk("incoming")).toBe(0);
    }
    expect([await rows(), await onDisk("objects")]).toEqual(before);
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
    const before = [await rows(), await onDisk("objects"), await onDisk("incoming")];
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
    expect([await rows(), await onDisk("objects"), await onDisk("incoming")]).toEqual(before);
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
      report: (error) => reported.push(error),
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

describe("names", () => {
  test.each(["../x", "a/../../x", "./x", "a//x", "/", "x\\y", "a\0b", "ü.txt", "%2e%2e/x", "a%b"])(
    "%j is refused",
    async (name) => {
      const path = `${alice.id}/${name}`.split("/").map(encodeURIComponent).join("%2F");
      const response = await fetch(`${url}/storage/v1/object/files/${path}`, {
        method: "POST",
        body: "x",
        headers: { apikey: fixture.keys.publishable, authorization: `Bearer ${alice.session.token}` },
      });
      expect(response.status).toBe(400);
    },
  );

  test("a path that climbs out of the API, sent raw, reaches nothing", async () => {
    const status = await new Promise((resolve) => {
      const { hostname, port } = new URL(url);
      const headers = { apikey: fixture.keys.secret };
      request(
        { hostname, port, path: "/storage/v1/object/files/../../../../etc/passwd", headers },
        (response) => resolve(response.statusCode),
      ).end();
    });
    expect([400, 404]).toContain(status);
  });

  test("a row whose version is a path, written by SQL, serves nothing", async () => {
    await fixture.sql.query(
      "insert into storage.objects (bucket_id, name, version, metadata) values ('files', $1, '../../../etc/passwd', '{}')",
      [own(alice, "evil")],
    );
    const { error } = await alice.client.storage.from("files").download(own(alice, "evil"));
    expect(error).not.toBeNull();
    await fixture.sql.query("update storage.objects set version = null where name = $1", [
      own(alice, "evil"),
    ]);
    expect(reported.map((error) => error.message)).toEqual(["The version of an object is not a uuid"]);
    reported.length = 0;
  });
});

describe("downloading", () => {
  test("somebody else's file is as if it did not exist, whatever one asks of it", async () => {
    const path = await put(alice, "secret.txt", "secret");
    const bucket = bob.client.storage.from("files");
    expect((await bucket.download(path)).error).toMatchObject({ status: 400 });
    expect((await bucket.exists(path)).data).toBe(false);
    expect((await bucket.info(path)).error).toMatchObject({ message: "Object not found" });
    expect((await bucket.createSignedUrl(path, 60)).error).toMatchObject({ message: "Object not found" });
    expect((await bucket.createSignedUrls([path], 60)).data).toMatchObject([{ signedUrl: null, path }]);
    expect((await bucket.remove([path])).data).toEqual([]);
    expect((await bucket.list(alice.id)).data).toEqual([]);
    expect((await alice.client.storage.from("files").exists(path)).data).toBe(true);
  });

  test("without a session, with a forged one or an expired one nothing is served", async () => {
    const path = await put(alice, "locked.txt", "x");
    const get = (headers: Record<string, string>) =>
      fetch(`${url}/storage/v1/object/files/${path}`, { headers });
    const [head, body] = alice.session.token.split(".");
    const expired = await fixture.tokens.sign({ sub: alice.id, role: "authenticated" }, -10);
    const { publishable } = fixture.keys;
    for (const authorization of ["", `Bearer ${head}.${body}.${"A".repeat(86)}`, `Bearer ${expired}`]) {
      const response = await get({ apikey: publishable, ...(authorization && { authorization }) });
      expect(response.status).toBe(400);
      expect(await response.text()).not.toBe("x");
    }
    expect((await get({ authorization: `Bearer ${alice.session.token}` })).status).toBe(400);
    expect((await get({ apikey: "sb_secret_guess" })).status).toBe(400);
  });

  test.each([
    ["bytes=0-3", 206, "0123", "bytes 0-3/10"],
    ["bytes=7-", 206, "789", "bytes 7-9/10"],
    ["bytes=-2", 206, "89", "bytes 8-9/10"],
    ["bytes=-99", 206, "0123456789", "bytes 0-9/10"],
    ["bytes=9-99", 206, "9", "bytes 9-9/10"],
    ["bytes=10-", 416, "", "bytes */10"],
    ["bytes=-0", 416, "", "bytes */10"],
    ["bytes=3-1", 200, "0123456789", null],
    ["bytes=0-1,3-4", 200, "0123456789", null],
    ["lines=0-1", 200, "0123456789", null],
  ])("%s of ten bytes is %i %j", async (range, status, text, contentRange) => {
    const path = await put(alice, "ten.txt", "0123456789");
    const headers = {
      apikey: fixture.keys.publishable,
      authorization: `Bearer ${alice.session.token}`,
      range,
    };
    const response = await fetch(`${url}/storage/v1/object/files/${path}`, { headers });
    expect([response.status, await response.text(), response.headers.get("content-range")]).toEqual([
      status,
      text,
      contentRange,
    ]);
  });

  test("a download goes on only while the file is the same", async () => {
    const path = await put(alice, "resumed.txt", "0123456789");
    const get = (more: Record<string, string>) => {
      const headers = {
        apikey: fixture.keys.publishable,
        authorization: `Bearer ${alice.session.token}`,
        ...more,
      };
      return fetch(`${url}/storage/v1/object/files/${path}`, { headers });
    };
    const etag = (await get({})).headers.get("etag") ?? "";
    expect((await get({ "if-none-match": etag })).status).toBe(304);
    expect(await (await get({ range: "bytes=5-", "if-range": etag })).text()).toBe("56789");
    await put(alice, "resumed.txt", "abcdefghij");
    expect(await (await get({ range: "bytes=5-", "if-range": etag })).text()).toBe("abcdefghij");
  });

  test("HEAD tells the size without the body", async () => {
    const path = await put(alice, "head.txt", "12345");
    const headers = { apikey: fixture.keys.publishable, authorization: `Bearer ${alice.session.token}` };
    const response = await fetch(`${url}/storage/v1/object/files/${path}`, { method: "HEAD", headers });
    expect(response.headers.get("content-length")).toBe("5");
    expect(await response.text()).toBe("");
  });

  test("a web page that somebody uploaded never runs", async () => {
    const path = await put(alice, "page.html", "<script>alert(1)</script>", "text/html");
    const { data } = await alice.client.storage.from("files").createSignedUrl(path, 60);
    const response = await fetch(data?.signedUrl ?? "");
    expect(response.headers.get("content-type")).toBe("text/plain");
    expect(response.headers.get("x-content-type-options")).toBe("nosniff");
    expect(response.headers.get("content-security-policy")).toContain("sandbox");
  });
});

describe("signed URLs", () => {
  test("serve the file to anybody, under the name asked for", async () => {
    const path = await put(alice, "signed file.txt", "signed");
    const { data } = await alice.client.storage.from("files").createSignedUrl(path, 60, { download: true });
    const named = (name: string) => `${data?.signedUrl}${encodeURIComponent(name)}`;
    const response = await fetch(named(""));
    expect(await response.text()).toBe("signed");
    expect(response.headers.get("content-disposition")).toContain('filename="signed file.txt"');
    expect((await fetch(named('Ünïcode "x".txt'))).headers.get("content-disposition")).toBe(
      "attachment; filename=\"_n_code _x_.txt\"; filename*=UTF-8''%C3%9Cn%C3%AFcode%20%22x%22.txt",
    );
  });

  test("can be made for many files at once", async () => {
    const paths = [await put(alice, "many1.txt", "one"), await put(alice, "many2.txt", "two")];
    const { data } = await alice.client.storage
      .from("files")
      .createSignedUrls([...paths, own(alice, "none")], 60);
    const texts = await Promise.all(
      (data ?? []).slice(0, 2).map(async (one) => (await fetch(one.signedUrl ?? "")).text()),
    );
    expect(texts).toEqual(["one", "two"]);
    expect(data?.[2]).toMatchObject({ signedUrl: null, path: own(alice, "none") });
  });

  test("open no other file, are worthless once expired, forged or made for something else", async () => {
    const path = await put(alice, "one.txt", "one");
    const other = await put(alice, "two.txt", "two");
    const { data } = await alice.client.storage.from("files").createSignedUrl(path, 60);
    const token = new URL(data?.signedUrl ?? "").searchParams.get("token") ?? "";
    const bucket = alice.client.storage.from("files");
    const upload = await bucket.createSignedUploadUrl(path, { upsert: true });
    const get = async (name: string, with_: string) =>
      (await fetch(`${url}/storage/v1/object/sign/files/${name}?token=${with_}`)).status;
    expect(await get(path, token)).toBe(200);
    expect(await get(other, token)).toBe(400);
    expect(await get(path, `${token.slice(0, -4)}AAAA`)).toBe(400);
    expect(await get(path, alice.session.token)).toBe(400);
    expect(await get(path, "")).toBe(400);
    expect(await get(path, upload.data?.token ?? "")).toBe(400);
    expect((await bucket.uploadToSignedUrl(path, token, "x", { upsert: true })).error).not.toBeNull();
    const short = await alice.client.storage.from("files").createSignedUrl(path, 1);
    await expect
      .poll(async () => (await fetch(short.data?.signedUrl ?? "")).status, { timeout: 5000 })
      .toBe(400);
  });

  test("a signed URL's token is nobody's session", async () => {
    const path = await put(alice, "token.txt", "x");
    const { data } = await alice.client.storage.from("files").createSignedUrl(path, 60);
    const token = new URL(data?.signedUrl ?? "").searchParams.get("token");
    const headers = { apikey: fixture.keys.publishable, authorization: `Bearer ${token}` };
    const response = await fetch(`${url}/storage/v1/bucket`, { headers });
    expect(response.status).toBe(400);
  });

  test("take one upload to the name they were made for", async () => {
    const path = own(alice, "by-url.txt");
    const bucket = keyClient(url, fixture.keys.publishable).storage.from("files");
    const made = await alice.client.storage.from("files").createSignedUploadUrl(path);
    const token = made.data?.token ?? "";
    expect((await bucket.uploadToSignedUrl(own(alice, "elsewhere.txt"), token, "x")).error).not.toBeNull();
    expect((await bucket.uploadToSignedUrl(path, token, "by url")).error).toBeNull();
    expect((await bucket.uploadToSignedUrl(path, token, "again")).error).toMatchObject({ statusCode: "409" });
    expect(await (await alice.client.storage.from("files").download(path)).data?.text()).toBe("by url");
    expect((await bob.client.storage.from("files").createSignedUploadUrl(path)).error).toMatchObject({
      statusCode: "403",
    });
  });
});

describe("listing and removing", () => {
  test("a folder lists its folders, then its files, sorted, searched and paged", async () => {
    const carol = await signIn(fixture, url);
    for (const name of ["b.txt", "a.txt", "in_side/c.txt", "in_side/d.txt", "inXside.txt"])
      await put(carol, name, name);
    const bucket = carol.client.storage.from("files");
    const names = async (...[path, options]: Parameters<typeof bucket.list>) =>
      (await bucket.list(path, options)).data?.map((one) => one.name);
    expect(await names(carol.id)).toEqual(["in_side", "a.txt", "b.txt", "inXside.txt"]);
    expect(await names(carol.id, { sortBy: { column: "created_at", order: "asc" } })).toEqual([
      "in_side",
      "b.txt",
      "a.txt",
      "inXside.txt",
    ]);
    expect(await names(carol.id, { limit: 2, offset: 1 })).toEqual(["a.txt", "b.txt"]);
    expect(await names(carol.id, { search: "in_s" })).toEqual(["in_side"]);
    expect(await names(`${carol.id}/in_side`)).toEqual(["c.txt", "d.txt"]);
    const odd = await bucket.list(carol.id, { sortBy: { column: "name; drop table storage.objects" } });
    expect(odd.error).toMatchObject({ statusCode: "400" });
  });

  test("removing takes rows and files, and tells which", async () => {
    const paths = [await put(alice, "gone1.txt", "1"), await put(alice, "gone2.txt", "2")];
    const files = await onDisk("objects");
    const { data } = await alice.client.storage.from("files").remove([...paths, own(alice, "never.txt")]);
    expect(data?.map((one) => one.name).sort()).toEqual(paths);
    expect(await onDisk("objects")).toBe(files - 2);
  });

  test("rows deleted by SQL are refused, so that no file is orphaned", async () => {
    await expect(fixture.sql.query("delete from storage.objects")).rejects.toThrow(/Use the Storage API/);
  });
});

describe("buckets", () => {
  const admin = () => keyClient(url, fixture.keys.secret).storage;

  test("are made, read, changed, emptied and deleted with the secret key", async () => {
    const name = `made-${randomUUID()}`;
    const options = { public: false, fileSizeLimit: "1KB", allowedMimeTypes: ["text/csv"] };
    expect((await admin().createBucket(name, options)).data).toEqual({ name });
    expect((await admin().createBucket(name)).error).toMatchObject({ statusCode: "409" });
    expect((await admin().getBucket(name)).data).toMatchObject({
      file_size_limit: 1024,
      allowed_mime_types: ["text/csv"],
    });
    expect((await admin().updateBucket(name, { public: false, fileSizeLimit: 10 })).error).toBeNull();
    expect((await admin().from(name).upload("a.csv", "1234567890")).error).toBeNull();
    expect((await admin().from(name).upload("b.csv", "12345678901")).error).toMatchObject({
      statusCode: "413",
    });
    expect((await admin().deleteBucket(name)).error).toMatchObject({ statusCode: "409" });
    expect((await admin().emptyBucket(name)).error).toBeNull();
    expect((await admin().deleteBucket(name)).error).toBeNull();
    expect((await admin().getBucket(name)).error).toMatchObject({ message: "Bucket not found" });
  });

  test("are only read by users, as policies say, and public ones are refused", async () => {
    expect((await alice.client.storage.listBuckets()).data?.map((one) => one.id)).toEqual([
      "closed",
      "files",
      "small",
    ]);
    expect((await alice.client.storage.createBucket("mine")).error).toMatchObject({ statusCode: "403" });
    expect((await alice.client.storage.deleteBucket("closed")).error).not.toBeNull();
    expect((await alice.client.storage.emptyBucket("closed")).error).toBeNull();
    expect((await admin().createBucket("open", { public: true })).error?.message).toMatch(/not served/);
    const anonymous = keyClient(url, fixture.keys.publishable);
    expect((await anonymous.storage.listBuckets()).data).toEqual([]);
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
    report: (error) => reported.push(error),
  });
  await again.close();
  expect(await onDisk("incoming")).toBe(0);
  expect(await onDisk("objects")).toBeLessThanOrEqual(known.length);
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
  reported.length = 0;
});
