import {
  type ImportJob,
  type ImportKind,
  type ImportMapping,
  type ImportRowsResult,
  importJobs,
  type StartImportResult,
} from "@contracts";
import { infiniteQueryOptions } from "@tanstack/react-query";
import { unwrap } from "@/lib/errors";
import { cutAfter, type NewestPage, newestFirst, newestPage } from "@/lib/newest-first";
import { rpc } from "@/lib/rpc";
import { getSupabase } from "@/lib/supabase";
import type { Chunk } from "./rows/chunks";

export const importKeys = {
  all: ["imports"] as const,
  list: (campaignId: string) => [...importKeys.all, "list", campaignId] as const,
};

const columns =
  "id, workspace_id, campaign_id, kind, file_name, file_size, file_hash, mapping, status, total_rows, processed_rows, created_rows, updated_rows, duplicate_rows, rejected_rows, created_at, finished_at";

const pageSize = 30;
const rejectedPageSize = 1_000;

type ImportPage = NewestPage<ImportJob>;

/** The imports of a campaign, newest first, in keyset pages. */
export function importListOptions(campaignId: string) {
  return infiniteQueryOptions({
    queryKey: importKeys.list(campaignId),
    // Realtime keeps the list current only while somebody listens; whoever comes later asks anew.
    staleTime: 0,
    initialPageParam: null as ImportPage["next"], // inference would make it `null` for every page
    queryFn: async ({ pageParam, signal }): Promise<ImportPage> => {
      const all = getSupabase().from("import_jobs").select(columns).eq("campaign_id", campaignId);
      const query = cutAfter(newestFirst(all), pageParam, pageSize);
      return newestPage(importJobs.parse(unwrap(await query.abortSignal(signal))), pageSize);
    },
    getNextPageParam: (page) => page.next,
  });
}

/** A file as the server knows it: the same file and mapping continue an unfinished import. */
export type NewImport = {
  campaignId: string;
  kind: ImportKind;
  fileName: string;
  fileSize: number;
  fileHash: string;
  mapping: ImportMapping;
  totalRows: number;
};

/** Starts an import, or continues the unfinished one of the same file and mapping. */
export function startImport(file: NewImport, signal: AbortSignal): Promise<StartImportResult> {
  const args = {
    campaign_id: file.campaignId,
    kind: file.kind,
    file_name: file.fileName,
    file_size: file.fileSize,
    file_hash: file.fileHash,
    mapping: file.mapping,
    total_rows: file.totalRows,
  };
  return rpc("start_import", args, signal);
}

/** Saves one chunk; the same chunk sent twice is saved once. */
export function importRows(importId: string, chunk: Chunk, signal: AbortSignal): Promise<ImportRowsResult> {
  const { index, rows, rejected } = chunk;
  return rpc("import_rows", { import_id: importId, chunk_index: index, rows, rejected }, signal);
}

/** Ends an import of which all chunks are saved. */
export function finishImport(importId: string, chunkCount: number, signal: AbortSignal): Promise<ImportJob> {
  return rpc("finish_import", { import_id: importId, chunk_count: chunkCount }, signal);
}

/** The rejected rows of an import, page by page. */
export async function* rejectedRowPages(importId: string) {
  for (let last = 0; ; ) {
    const rows = unwrap(
      await getSupabase()
        .from("import_rejected_rows")
        .select("id, row_number, reason, raw")
        .eq("import_id", importId)
        .gt("id", last)
        .order("id")
        .limit(rejectedPageSize),
    );
    if (rows.length > 0) yield rows;
    if (rows.length < rejectedPageSize) return;
    last = rows.at(-1)?.id ?? last;
  }
}
