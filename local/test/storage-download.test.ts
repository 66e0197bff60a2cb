import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Fixture, keyClient, type User } from "./support/fixture.ts";
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
