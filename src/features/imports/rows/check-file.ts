import { CSV_BOM, csvLine, type ImportKind, type ImportMapping, type RejectedRow } from "@contracts";
import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex } from "@noble/hashes/utils.js";
import { readRows } from "../reading/read-rows";
import { ReasonCounts, type ReasonGroup } from "../reasons";
import { makeChunks, type RowNote } from "./chunks";

/**
 * What a file would bring under a mapping. `notes` counts the values that did not fit their field in rows that are imported all the
 * same. `rejectedCsv` holds all rejected rows with line, reason and original cells. The samples are the first of each, the groups all
 * of them by reason.
 */
export type FileCheck = {
  hash: string;
  rows: number;
  valid: number;
  rejected: number;
  notes: number;
  rejectedSample: RejectedRow[];
  noteSample: RowNote[];
  rejectedGroups: ReasonGroup[];
  noteGroups: ReasonGroup[];
  rejectedCsv: Blob | null;
  chunkCount: number;
};

const SAMPLE_ROWS = 200;
/** Characters of text kept in memory before they go to a blob, which the browser may keep on disk. */
const TEXT_IN_MEMORY = 4_000_000;

/** The lines of the file that lists rejected rows: its header, and one for each row. */
export function rejectedLines(mapping: ImportMapping, rows: readonly RejectedRow[]): string {
  return rows.map(({ row, reason, raw }) => csvLine([row + mapping.header_rows, reason, ...raw])).join("");
}

/** The first line of the file that lists rejected rows. */
export function rejectedHeader(mapping: ImportMapping): string {
  return CSV_BOM + csvLine(["Line", "Reason", ...mapping.columns.map(({ header }) => header)]);
}

/** Collects text into a blob without holding all of it in memory. */
function blobWriter(type: string) {
  let blob = new Blob([], { type });
  let text = "";
  return {
    write(part: string) {
      text += part;
      if (text.length < TEXT_IN_MEMORY) return;
      blob = new Blob([blob, text], { type });
      text = "";
    },
    end: () => new Blob([blob, text], { type }),
  };
}

/**
 * Reads the whole file once: its SHA-256, how many rows fit and which do not. Nothing is sent.
 * @param onProgress told how many bytes and rows are behind, after each chunk
 */
export async function checkFile(
  file: Blob,
  kind: ImportKind,
  mapping: ImportMapping,
  onProgress: (bytes: number, rows: number) => void = () => {},
): Promise<FileCheck> {
  const hash = sha256.create();
  let bytes = 0;
  const onPart = (part: Uint8Array) => {
    hash.update(part);
    bytes += part.length;
  };
  const check: FileCheck = {
    hash: "",
    rows: 0,
    valid: 0,
    rejected: 0,
    notes: 0,
    rejectedSample: [],
    noteSample: [],
    rejectedGroups: [],
    noteGroups: [],
    rejectedCsv: null,
    chunkCount: 0,
  };
  const rejectedReasons = new ReasonCounts();
  const noteReasons = new ReasonCounts();
  const csv = blobWriter("text/csv;charset=utf-8");
  for await (const { rows, rejected, notes } of makeChunks(
    kind,
    mapping,
    readRows(file, mapping, { onPart }),
  )) {
    if (check.rejected === 0 && rejected.length > 0) csv.write(rejectedHeader(mapping));
    csv.write(rejectedLines(mapping, rejected));
    check.rejectedSample.push(...rejected.slice(0, SAMPLE_ROWS - check.rejectedSample.length));
    check.noteSample.push(...notes.slice(0, SAMPLE_ROWS - check.noteSample.length));
    for (const { reason } of rejected) rejectedReasons.add(reason);
    for (const { note } of notes) noteReasons.add(note);
    check.notes += notes.length;
    check.valid += rows.length;
    check.rejected += rejected.length;
    check.rows += rows.length + rejected.length;
    check.chunkCount++;
    onProgress(bytes, check.rows);
  }
  if (check.rejected > 0) check.rejectedCsv = csv.end();
  check.rejectedGroups = rejectedReasons.groups();
  check.noteGroups = noteReasons.groups();
  check.hash = bytesToHex(hash.digest());
  return check;
}
