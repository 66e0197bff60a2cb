import { randomUUID } from "node:crypto";
import { createReadStream, createWriteStream } from "node:fs";
import { mkdir, open, readdir, rename, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { type Readable, Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import { tooLarge } from "./errors.ts";
import type { ByteRange } from "./range.ts";

/** A complete file that belongs to no object yet. */
export interface Received {
  path: string;
  /** Bytes. */
  size: number;
}

export const isUuid = (text: string) => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text);

/**
 * The files of a storage directory. An object's file is named by its version, a uuid that is new with each upload, so no
 * name from outside ever reaches the disk and a replaced file is whole until its row points to the new one.
 */
export class Files {
  /** Unfinished resumable uploads. */
  readonly uploads: string;
  readonly #incoming: string;
  readonly #objects: string;

  private constructor(directory: string) {
    this.uploads = join(directory, "uploads");
    this.#incoming = join(directory, "incoming");
    this.#objects = join(directory, "objects");
  }

  /** Makes the directories, and removes what uploads cut off by a crash have left. */
  static async open(directory: string): Promise<Files> {
    const files = new Files(directory);
    await rm(files.#incoming, { recursive: true, force: true });
    for (const path of [files.uploads, files.#incoming, files.#objects]) {
      await mkdir(path, { recursive: true, mode: 0o700 });
    }
    return files;
  }

  /** Streams a body to disk, at most `maxBytes` of it. Nothing is left when it fails. */
  async receive(body: Readable, maxBytes: number): Promise<Received> {
    const path = join(this.#incoming, randomUUID());
    let size = 0;
    const meter = new Transform({
      transform(chunk: Buffer, _encoding, done) {
        size += chunk.length;
        done(size > maxBytes ? tooLarge() : null, chunk);
      },
    });
    try {
      await pipeline(body, meter, createWriteStream(path, { flags: "wx", mode: 0o600, flush: true }));
    } catch (error) {
      await rm(path, { force: true });
      throw error;
    }
    return { path, size };
  }

  /** Makes a received file that of a version; it is on disk for good when this resolves. */
  async keep(received: Received, version: string): Promise<void> {
    await rename(received.path, this.#pathOf(version));
    await syncDirectory(this.#objects);
  }

  async discard(received: Received): Promise<void> {
    await rm(received.path, { force: true });
  }

  async remove(version: string): Promise<void> {
    await rm(this.#pathOf(version), { force: true });
  }

  /** Bytes of a version's file, undefined when there is none. */
  async size(version: string): Promise<number | undefined> {
    try {
      return (await stat(this.#pathOf(version))).size;
    } catch (error) {
      if (isMissing(error)) return undefined;
      throw error;
    }
  }

  read(version: string, range: ByteRange | null): Readable {
    return createReadStream(this.#pathOf(version), range ?? {});
  }

  /** Removes files that no object has: uploads and removals that a crash cut off. */
  async sweep(versions: ReadonlySet<string>): Promise<void> {
    for (const name of await readdir(this.#objects)) {
      if (!versions.has(name)) await rm(join(this.#objects, name), { force: true });
    }
  }

  #pathOf(version: string): string {
    if (!isUuid(version)) throw new Error("The version of an object is not a uuid");
    return join(this.#objects, version);
  }
}

/** A rename survives a power cut only once its directory is written; Windows has no such call. */
async function syncDirectory(path: string): Promise<void> {
  if (process.platform === "win32") return;
  const directory = await open(path);
  try {
    await directory.sync();
  } finally {
    await directory.close();
  }
}

export function isMissing(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "ENOENT";
}
