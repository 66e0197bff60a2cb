import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { expect } from "vitest";
import { startStorage } from "../../src/storage/server.ts";
import { type Fixture, serveOn, signIn, startFixture, type User } from "./fixture.ts";

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
/** The storage service over a database of its own, with two users who may each use the folder of their id. */
export interface StorageService {
  fixture: Fixture;
  url: string;
  alice: User;
  bob: User;
  /** Failures that no caller was told about; a test that expects some empties it, else stop() fails. */
  reported: Error[];
  /** How many files a folder of the service's directory has. */
  onDisk(folder: "incoming" | "objects"): Promise<number>;
  /** How many objects the database knows. */
  rows(): Promise<number>;
  stop(): Promise<void>;
}

export async function startStorageService(): Promise<StorageService> {
  const fixture = await startFixture(migration);
  const { database, keys, tokens, directory } = fixture;
  const reported: Error[] = [];
  const storage = await startStorage({
    connection: database.connection("supabase_storage_admin"),
    directory: join(directory, "storage"),
    keys,
    tokens,
    report: (error) => reported.push(error),
  });
  const { url, server } = await serveOn({ "/storage/v1": storage.app });
  return {
    fixture,
    url,
    alice: await signIn(fixture, url),
    bob: await signIn(fixture, url),
    reported,
    onDisk: async (folder) => (await readdir(join(directory, "storage", folder))).length,
    rows: async () => Number((await fixture.sql.query("select count(*) from storage.objects")).rows[0].count),
    async stop() {
      server.close();
      await storage.close();
      await fixture.stop();
      expect(reported.map((error) => error.message)).toEqual([]);
    },
  };
}

/** A path in the user's own folder. */
export const own = (user: User, name: string) => `${user.id}/${name}`;

/** Puts a file, or replaces it, in the user's folder of the bucket "files"; gives its path. */
export async function put(user: User, name: string, body: string, type = "text/plain"): Promise<string> {
  const path = own(user, name);
  const { error } = await user.client.storage
    .from("files")
    .upload(path, body, { contentType: type, upsert: true });
  expect(error).toBeNull();
  return path;
}
