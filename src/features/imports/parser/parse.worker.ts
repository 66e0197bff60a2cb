import { ImportFileError } from "../reading/import-file-error";
import { openFile } from "../reading/open-file";
import { readRows } from "../reading/read-rows";
import { checkFile } from "../rows/check-file";
import { type Chunk, makeChunks } from "../rows/chunks";
import type { ParserAnswers, ParserReply, ParserRequest } from "./parser-messages";

const PROGRESS_EVERY = 100;

let file: File | null = null;
let chunks: AsyncGenerator<Chunk> | null = null;
let done: ReadonlySet<number> = new Set();

function openedFile(): File {
  if (file === null) throw new Error("The parser was asked before it was given a file.");
  return file;
}

const reply = (message: ParserReply) => postMessage(message);

function progressOf(id: number) {
  let last = 0;
  return (bytes: number, rows: number) => {
    if (performance.now() - last < PROGRESS_EVERY) return;
    last = performance.now();
    reply({ id, type: "progress", bytes, rows });
  };
}

async function nextChunk(): Promise<Chunk | null> {
  for (let next = await chunks?.next(); next !== undefined && !next.done; next = await chunks?.next()) {
    if (!done.has(next.value.index)) return next.value;
  }
  return null;
}

async function answer(id: number, request: ParserRequest): Promise<ParserAnswers[keyof ParserAnswers]> {
  switch (request.type) {
    case "open":
      return openFile(request.file, request.hasHeader);
    case "check":
      file = request.file;
      return checkFile(request.file, request.kind, request.mapping, progressOf(id));
    case "chunks":
      await chunks?.return(undefined);
      chunks = makeChunks(request.kind, request.mapping, readRows(openedFile(), request.mapping));
      done = new Set(request.done);
      return null;
    case "next":
      return nextChunk();
  }
}

function failure(id: number, error: unknown): ParserReply {
  const unreadable = error instanceof DOMException && /^Not(Readable|Found)Error$/.test(error.name);
  const message = unreadable
    ? "The file can no longer be read: it was moved, changed or deleted. Choose it again."
    : error instanceof Error
      ? error.message
      : String(error);
  return { id, type: "failure", message, aboutFile: unreadable || error instanceof ImportFileError };
}

addEventListener("message", ({ data }: MessageEvent<{ id: number; request: ParserRequest }>) => {
  answer(data.id, data.request).then(
    (result) => reply({ id: data.id, type: "answer", answer: result }),
    (error) => reply(failure(data.id, error)),
  );
});
