import type { ImportKind, ImportMapping } from "@contracts";
import type { OpenedFile } from "../reading/open-file";
import type { FileCheck } from "../rows/check-file";
import type { Chunk } from "../rows/chunks";

/** What the page asks of the parser worker. */
export type ParserRequest =
  | { type: "open"; file: File; hasHeader: boolean | null }
  | { type: "check"; file: File; kind: ImportKind; mapping: ImportMapping }
  | { type: "chunks"; kind: ImportKind; mapping: ImportMapping; done: number[] }
  | { type: "next" };

/** The answer to each request. `next` gives null after the last chunk. */
export type ParserAnswers = { open: OpenedFile; check: FileCheck; chunks: null; next: Chunk | null };

/** What the worker sends back: progress of a check, then one answer or failure for each request. */
export type ParserReply =
  | { id: number; type: "progress"; bytes: number; rows: number }
  | { id: number; type: "answer"; answer: ParserAnswers[keyof ParserAnswers] }
  | { id: number; type: "failure"; message: string; aboutFile: boolean };
