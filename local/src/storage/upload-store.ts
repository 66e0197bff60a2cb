import { readdir, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { FileStore } from "@tus/file-store";
import type { Upload } from "@tus/server";

const lifetimeMs = 24 * 3600 * 1000;

/** Unfinished resumable uploads on disk for a day, and for as long the fact that an upload was finished. */
export class UploadStore extends FileStore {
  readonly #finishing = new Map<string, Promise<void>>();

  constructor(directory: string) {
    super({ directory, expirationPeriodInMilliseconds: lifetimeMs });
    this.extensions = ["creation", "creation-with-upload", "termination", "expiration"];
  }

  /**
   * Makes a complete upload an object with `work`, once, however many requests find it complete, and remembers it for
   * clients that did not hear the answer.
   */
  finish(upload: Upload, work: () => Promise<void>): Promise<void> {
    const running =
      this.#finishing.get(upload.id) ??
      this.#finishOnce(upload, work).finally(() => this.#finishing.delete(upload.id));
    this.#finishing.set(upload.id, running);
    return running;
  }

  async #finishOnce(upload: Upload, work: () => Promise<void>): Promise<void> {
    const kept = await this.configstore.get(upload.id);
    if (kept && isFinished(kept)) return;
    await work();
    upload.metadata = { ...upload.metadata, finished: "true" };
    await this.configstore.set(upload.id, upload);
  }

  /** While an upload is being finished its file moves: whoever asks waits for the outcome. */
  override async getUpload(id: string): Promise<Upload> {
    await this.#finishing.get(id)?.catch(() => {}); // the request that finishes it is told
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
