import { randomBytes } from "node:crypto";
import { readdir, writeFile } from "node:fs/promises";
import { request } from "node:http";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { chunkBytes } from "../src/storage/resumable.ts";
import { type Storage, startStorage } from "../src/storage/server.ts";
import { type Fixture, serveOn, signIn, startFixture, type User } from "./support/fixture.ts";

const migration = `
insert into storage.buckets (id, name, file_size_limit, allowed_mime_types) values
  ('files', 'files', null, null), ('small', 'small', 1000, array['text/*']);
create table public.writers (user_id uuid primary key);
alter table public.writers enable row level security;
create policy "own row" on public.writers for select to authenticated using (user_id = (select auth.uid()));
create policy "own folder" on storage.objects to authenticated
  using ((storage.foldername(name))[1] = (select auth.uid())::text)
  with check ((storage.foldername(name))[1] = (select auth.uid())::text
    and exists (select from public.writers where user_id = (select auth.uid())));
`;

let fixture: Fixture;
let storage: Storage;
let url: string;
let close: () => void;
let alice: User;
let bob: User;
const reported: Error[] = [];

async function start() {
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
}

beforeAll(async () => {
  fixture = await startFixture(migration);
  await start();
});

beforeEach(async () => {
  alice = await signIn(fixture, url);
  bob = await signIn(fixture, url);
  await fixture.sql.query("insert into public.writers values ($1), ($2)", [alice.id, bob.id]);
});

afterAll(async () => {
  close();
  await storage.close();
  await fixture.stop();
  expect(reported.map((error) => error.message)).toEqual([]);
});

const onDisk = async (folder: string) => (await readdir(join(fixture.directory, "storage", folder))).sort();
const base64 = (text: string) => Buffer.from(text).toString("base64");

function headersOf(user: User, more: Record<string, string>): Record<string, string> {
  const authorization = `Bearer ${user.session.token}`;
  return { apikey: fixture.keys.publishable, authorization, "tus-resumable": "1.0.0", ...more };
}

function create(user: User, name: string, size: number, more: Record<string, string> = {}, bucket = "files") {
  const metadata = {
    bucketName: bucket,
    objectName: name,
    contentType: "text/plain",
    cacheControl: "60",
    ...more,
  };
  const encoded = Object.entries(metadata).map(([key, value]) => `${key} ${base64(value)}`);
  const headers = headersOf(user, { "upload-length": String(size), "upload-metadata": encoded.join(",") });
  return fetch(`${url}/storage/v1/upload/resumable`, { method: "POST", headers });
}

async function begin(
  user: User,
  name: string,
  size: number,
  more: Record<string, string> = {},
): Promise<string> {
  const response = await create(user, name, size, more);
  expect([response.status, await response.text()]).toEqual([201, ""]);
  return new URL(response.headers.get("location") ?? "", url).href;
}

function patch(user: User, upload: string, offset: number, body: Uint8Array<ArrayBuffer>) {
  const type = "application/offset+octet-stream";
  const headers = headersOf(user, { "upload-offset": String(offset), "content-type": type });
  return fetch(upload, { method: "PATCH", headers, body });
}

const head = (user: User, upload: string) => fetch(upload, { method: "HEAD", headers: headersOf(user, {}) });
const bytes = (size: number) => new Uint8Array(randomBytes(size));
/** The object as its owner reads it now, undefined when there is none. */
async function download(user: User, name: string): Promise<Buffer | undefined> {
  const response = await fetch(`${url}/storage/v1/object/files/${name}`, { headers: headersOf(user, {}) });
  return response.ok ? Buffer.from(await response.arrayBuffer()) : undefined;
}

describe("a resumable upload", () => {
  test("in chunks becomes the object, and its URL still says that it is complete", async () => {
    const name = `${alice.id}/large.bin`;
    const data = bytes(chunkBytes + 1234);
    const upload = await begin(alice, name, data.length, { metadata: '{"rows":7}' });
    const first = await patch(alice, upload, 0, data.subarray(0, chunkBytes));
    expect([first.status, first.headers.get("upload-offset")]).toEqual([204, String(chunkBytes)]);
    expect(await download(alice, name)).toBeUndefined();
    const second = await patch(alice, upload, chunkBytes, data.subarray(chunkBytes));
    expect(second.status).toBe(204);
    expect((await download(alice, name))?.equals(data)).toBe(true);
    const info = await alice.client.storage.from("files").info(name);
    expect(info.data).toMatchObject({
      size: data.length,
      contentType: "text/plain",
      cacheControl: "max-age=60",
      metadata: { rows: 7 },
    });
    expect((await head(alice, upload)).headers.get("upload-offset")).toBe(String(data.length));
    expect((await patch(alice, upload, data.length, bytes(0))).status).toBe(410);
    expect((await fetch(upload, { method: "DELETE", headers: headersOf(alice, {}) })).status).toBe(400);
    expect((await download(alice, name))?.length).toBe(data.length);
  });

  test("goes on after a broken connection and a restart, from the byte that arrived", async () => {
    const name = `${alice.id}/resumed.bin`;
    const data = bytes(chunkBytes);
    const upload = await begin(alice, name, data.length);
    const { pathname, hostname, port } = new URL(upload);
    const type = "application/offset+octet-stream";
    const headers = headersOf(alice, {
      "upload-offset": "0",
      "content-type": type,
      "content-length": String(data.length),
    });
    const sending = request({ hostname, port, path: pathname, method: "PATCH", headers });
    sending.on("error", () => {}); // we end it ourselves
    sending.write(data.subarray(0, 300_000));
    await expect.poll(async () => (await head(alice, upload)).headers.get("upload-offset")).toBe("300000");
    sending.destroy();
    close();
    await storage.close();
    await start();
    const again = `${url}${pathname}`;
    const offset = Number((await head(alice, again)).headers.get("upload-offset"));
    expect(offset).toBe(300_000);
    expect((await patch(alice, again, 0, data)).status).toBe(409);
    expect((await patch(alice, again, offset, data.subarray(offset))).status).toBe(204);
    expect((await download(alice, name))?.equals(data)).toBe(true);
  });

  test("that was complete when the process died becomes the object when the client asks", async () => {
    const name = `${alice.id}/late.txt`;
    const upload = await begin(alice, name, 5);
    await writeFile(join(fixture.directory, "storage", "uploads", upload.split("/").at(-1) ?? ""), "12345");
    const asked = await Promise.all([head(alice, upload), head(alice, upload)]);
    expect(asked.map((response) => response.headers.get("upload-offset"))).toEqual(["5", "5"]);
    expect(String(await download(alice, name))).toBe("12345");
  });

  test("of no bytes is an empty object", async () => {
    await begin(alice, `${alice.id}/empty.txt`, 0);
    expect((await download(alice, `${alice.id}/empty.txt`))?.length).toBe(0);
  });

  test("refuses a name that is taken, unless x-upsert says to replace it", async () => {
    const name = `${alice.id}/taken.txt`;
    await alice.client.storage.from("files").upload(name, "old");
    expect((await create(alice, name, 3)).status).toBe(409);
    const headers = headersOf(alice, {
      "upload-length": "3",
      "upload-metadata": `bucketName ${base64("files")},objectName ${base64(name)}`,
      "x-upsert": "true",
    });
    const response = await fetch(`${url}/storage/v1/upload/resumable`, { method: "POST", headers });
    const upload = new URL(response.headers.get("location") ?? "", url).href;
    expect((await patch(alice, upload, 0, Buffer.from("new"))).status).toBe(204);
    expect(String(await download(alice, name))).toBe("new");
  });
});

describe("a resumable upload is refused", () => {
  test("in somebody else's folder, without a session and by path", async () => {
    expect((await create(bob, `${alice.id}/x.txt`, 5)).status).toBe(403);
    expect((await create({ ...bob, session: { token: "forged" } }, `${bob.id}/x.txt`, 5)).status).toBe(403);
    expect((await create(bob, `${bob.id}/../${alice.id}/x.txt`, 5)).status).toBe(400);
    expect((await create(bob, "", 5)).status).toBe(400);
  });

  test("over the bucket's limit or of a type it does not take, before a byte is sent", async () => {
    expect((await create(alice, `${alice.id}/x.txt`, 1001, {}, "small")).status).toBe(413);
    expect((await create(alice, `${alice.id}/x.txt`, 10, { contentType: "image/png" }, "small")).status).toBe(
      415,
    );
    expect((await create(alice, `${alice.id}/x.txt`, 60 * 1024 * 1024)).status).toBe(413);
    const uploads = await onDisk("uploads");
    expect((await create(alice, `${alice.id}/x.txt`, 10, {}, "none")).status).not.toBe(201);
    expect(await onDisk("uploads")).toEqual(uploads);
  });

  test("to anybody but the one who began it", async () => {
    const upload = await begin(alice, `${alice.id}/mine.txt`, 5);
    expect((await patch(bob, upload, 0, Buffer.from("12345"))).status).toBe(404);
    expect((await head(bob, upload)).status).toBe(404);
    expect((await fetch(upload, { method: "DELETE", headers: headersOf(bob, {}) })).status).toBe(404);
    expect(
      (await patch({ ...alice, session: { token: "forged" } }, upload, 0, Buffer.from("12345"))).status,
    ).toBe(403);
    expect((await patch(alice, upload, 0, Buffer.from("12345"))).status).toBe(204);
  });

  test("when the permission ends in between, and nothing of it is kept", async () => {
    const upload = await begin(alice, `${alice.id}/revoked.txt`, 5);
    await fixture.sql.query("delete from public.writers where user_id = $1", [alice.id]);
    const objects = await onDisk("objects");
    expect((await patch(alice, upload, 0, Buffer.from("12345"))).status).toBe(403);
    expect(await onDisk("objects")).toEqual(objects);
    expect(await download(alice, `${alice.id}/revoked.txt`)).toBeUndefined();
  });

  test("with chunks of another size than 6 MB, except the last", async () => {
    const upload = await begin(alice, `${alice.id}/odd.bin`, chunkBytes * 2);
    const response = await patch(alice, upload, 0, bytes(1000));
    expect([response.status, await response.text()]).toEqual([400, expect.stringContaining("6 MB")]);
  });

  test("beyond the length it announced, and by an id that is a path", async () => {
    const upload = await begin(alice, `${alice.id}/longer.txt`, 5);
    expect((await patch(alice, upload, 0, Buffer.from("123456"))).status).toBeGreaterThanOrEqual(400);
    expect((await head(alice, `${url}/storage/v1/upload/resumable/..%2F..%2Furl-signing.key`)).status).toBe(
      404,
    );
    expect((await head(alice, `${url}/storage/v1/upload/resumable/${alice.id}`)).status).toBe(404);
  });
});

test("an upload that its owner gives up is gone", async () => {
  const upload = await begin(alice, `${alice.id}/given-up.txt`, 5);
  const id = upload.split("/").at(-1) ?? "";
  expect((await onDisk("uploads")).filter((name) => name.startsWith(id))).toHaveLength(2);
  expect((await fetch(upload, { method: "DELETE", headers: headersOf(alice, {}) })).status).toBe(204);
  expect((await onDisk("uploads")).filter((name) => name.startsWith(id))).toEqual([]);
  expect((await head(alice, upload)).status).toBe(404);
});
