import { readdir, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { FileStore } from "@tus/file-store";
import type { Upload } from "@tus/server";

const lifetimeMs = 24 * 3600 * 1000;

/** Unfinished resumable uploads on disk for a day, and for as long the fact that an upload was finished. */
export class UploadStore extends FileStore {
  constructor(directory: string) {
    super({ directory, expirationPeriodInMilliseconds: lifetimeMs });
    this.extensions = ["creation", "creation-with-upload", "termination", "expiration"];
  }

  /** Remembers that the upload became an object, for clients that did not hear the answer. */
  async markFinished(upload: Upload): Promise<void> {
    upload.metadata = { ...upload.metadata, finished: "true" };
    await this.configstore.set(upload.id, upload);
  }

  override async getUpload(id: string): Promise<Upload> {
    const kept = await this.configstore.get(id);
    if (!kept || !isFinished(kept)) return super.getUpload(id);
    kept.offset = kept.size ?? 0;
    return kept;
  }

  /** The file of a finished upload is an object's now, so only its record is left. */
  override async remove(id: string): Promise<void> {
    await rm(join(this.directory, id), { force: true });
    await rm(join(this.directory, `${id}.json`), { force: true });
  }

  /** Also the records of finished uploads, which the library's own does not see. Gives how many files went. */
  override async deleteExpired(): Promise<number> {
    const limit = Date.now() - lifetimeMs;
    let removed = 0;
    for (const name of await readdir(this.directory)) {
      const path = join(this.directory, name);
      if ((await stat(path)).mtimeMs >= limit) continue;
      await rm(path, { force: true });
      removed += 1;
    }
    return removed;
  }
}

/** Whether the upload became an object. */
export function isFinished(upload: Upload): boolean {
  return upload.metadata?.finished === "true";
}
