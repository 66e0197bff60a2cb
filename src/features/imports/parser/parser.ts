import type { ImportKind, ImportMapping } from "@contracts";
import { ImportFileError } from "../reading/import-file-error";
import type { OpenedFile } from "../reading/open-file";
import type { FileCheck } from "../rows/check-file";
import type { Chunk } from "../rows/chunks";
import type { ParserAnswers, ParserReply, ParserRequest } from "./parser-messages";

type Waiting = {
  resolve: (answer: ParserReply & { type: "answer" }) => void;
  reject: (error: Error) => void;
  onProgress: ((bytes: number, rows: number) => void) | undefined;
};

/** Reads files in a worker of its own, so that reading it never holds up the page. Close it when done. */
export class FileParser {
  readonly #worker = new Worker(new URL("./parse.worker.ts", import.meta.url), { type: "module" });
  readonly #waiting = new Map<number, Waiting>();
  #lastId = 0;

  constructor() {
    this.#worker.addEventListener("message", ({ data }: MessageEvent<ParserReply>) => this.#receive(data));
    this.#worker.addEventListener("error", (event) => {
      this.#failAll(new Error(event.message || "The part that reads files could not be loaded."));
    });
  }

  /**
   * Finds out how the file is to be read; `hasHeader` null finds that out too. Rejects with an `ImportFileError` when
   * it is not a CSV file.
   */
  open(file: File, hasHeader: boolean | null): Promise<OpenedFile> {
    return this.#ask({ type: "open", file, hasHeader });
  }

  /** Reads the whole file: its hash, what fits and what does not. */
  check(
    file: File,
    kind: ImportKind,
    mapping: ImportMapping,
    onProgress: (bytes: number, rows: number) => void,
  ): Promise<FileCheck> {
    return this.#ask({ type: "check", file, kind, mapping }, onProgress);
  }

  /** Goes to the start of the checked file; `nextChunk` then leaves out the chunks that are done. */
  async startChunks(kind: ImportKind, mapping: ImportMapping, done: number[]): Promise<void> {
    await this.#ask({ type: "chunks", kind, mapping, done });
  }

  /** The next chunk, read only now; null after the last one. */
  nextChunk(): Promise<Chunk | null> {
    return this.#ask({ type: "next" });
  }

  /** Ends the worker; what is still waiting fails. */
  close(): void {
    this.#worker.terminate();
    this.#failAll(new DOMException("The file was closed.", "AbortError"));
  }

  #ask<Type extends ParserRequest["type"]>(
    request: ParserRequest & { type: Type },
    onProgress?: Waiting["onProgress"],
  ): Promise<ParserAnswers[Type]> {
    this.#lastId++;
    const id = this.#lastId;
    this.#worker.postMessage({ id, request });
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, {
        // The worker answers each request with the type that `ParserAnswers` names for it.
        resolve: ({ answer }) => resolve(answer as ParserAnswers[Type]),
        reject,
        onProgress,
      });
    });
  }

  #receive(reply: ParserReply): void {
    const waiting = this.#waiting.get(reply.id);
    if (waiting === undefined) return;
    if (reply.type === "progress") {
      waiting.onProgress?.(reply.bytes, reply.rows);
      return;
    }
    this.#waiting.delete(reply.id);
    if (reply.type === "answer") waiting.resolve(reply);
    else waiting.reject(reply.aboutFile ? new ImportFileError(reply.message) : new Error(reply.message));
  }

  #failAll(error: Error): void {
    for (const { reject } of this.#waiting.values()) reject(error);
    this.#waiting.clear();
  }
}
