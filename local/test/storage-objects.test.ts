import { randomUUID } from "node:crypto";
import { request } from "node:http";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Fixture, keyClient, signIn, type User } from "./support/fixture.ts";
import { own, put, type StorageService, startStorageService } from "./support/storage.ts";

let service: StorageService;
let fixture: Fixture;
let url: string;
let alice: User;

beforeAll(async () => {
  service = await startStorageService();
  ({ fixture, url, alice } = service);
});

afterAll(() => service.stop());

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
    expect(service.reported.map((error) => error.message)).toEqual([
      "The version of an object is not a uuid",
    ]);
    service.reported.length = 0;
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
    const files = await service.onDisk("objects");
    const { data } = await alice.client.storage.from("files").remove([...paths, own(alice, "never.txt")]);
    expect(data?.map((one) => one.name).sort()).toEqual(paths);
    expect(await service.onDisk("objects")).toBe(files - 2);
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
