import type { JWTVerifyGetKey } from "jose";
import * as z from "zod";
import { requireUser } from "../_shared/auth.ts";
import { CSV_BOM, csvLine } from "../_shared/contracts/csv.ts";
import { EXPORT_LIMIT } from "../_shared/contracts/lists.ts";
import { type Db, readAsUser, type Transaction } from "../_shared/db.ts";
import { ApiError } from "../_shared/errors.ts";
import { type ExportColumn, exportColumns } from "../_shared/export/columns.ts";
import { customColumns, type ExportQuery, exportPage } from "../_shared/export/pages.ts";
import { postHandler, readJson } from "../_shared/http.ts";

const body = z.strictObject({
  kind: z.enum(["companies", "contacts"]),
  campaign_id: z.guid(),
  filter: z.record(z.string(), z.unknown()).default({}),
  sort: z.string().max(50).default("created_at"),
  direction: z.enum(["asc", "desc"]).default("asc"),
  columns: z.array(z.string().max(500)).min(1).max(600).optional(),
});

/** The direct tier: a list of up to 10,000 rows as CSV, in the response. */
export function createHandler({ db, keys }: { db: Db; keys: JWTVerifyGetKey }) {
  return postHandler(async (request) => {
    const claims = await requireUser(request, keys);
    const parsed = body.safeParse(await readJson(request));
    if (!parsed.success) {
      throw new ApiError(400, "bad_request", "This export cannot be read.", z.flattenError(parsed.error));
    }
    const { columns: chosen, ...query } = parsed.data;
    const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>();
    // Before the first byte a failure is an answer; after it, the broken stream tells the client.
    await new Promise<void>((resolve, reject) => {
      let isStarted = false;
      const onStart = () => {
        isStarted = true;
        resolve();
      };
      readAsUser(db, claims, (transaction) =>
        write(transaction, query, chosen, writable.getWriter(), onStart),
      ).catch((error) => {
        if (isStarted) console.error(error);
        reject(error);
      });
    });
    return new Response(readable, {
      headers: {
        "content-type": "text/csv; charset=utf-8",
        "content-disposition": `attachment; filename="${query.kind}.csv"`,
        "cache-control": "no-store",
      },
    });
  });
}

async function write(
  transaction: Transaction,
  query: ExportQuery,
  chosen: string[] | undefined,
  writer: WritableStreamDefaultWriter<Uint8Array>,
  onStart: () => void,
): Promise<void> {
  const encoder = new TextEncoder();
  let page = await exportPage(transaction, query, null);
  if (page.total_is_capped || (page.total ?? 0) > EXPORT_LIMIT) {
    const message = `This is more than ${EXPORT_LIMIT.toLocaleString("en")} rows. Narrow the filter, or export it in parts.`;
    throw new ApiError(413, "too_many_rows", message, { limit: EXPORT_LIMIT });
  }
  const columns = exportColumns(query.kind, await customColumns(transaction, query), chosen);
  if (!columns) throw new ApiError(400, "bad_columns", "A column of this export does not exist.");
  onStart();
  try {
    await writer.write(encoder.encode(CSV_BOM + csvLine(columns.map((column) => column.header))));
    for (;;) {
      await writer.write(encoder.encode(render(page.rows, columns)));
      if (page.next_cursor === null) break;
      page = await exportPage(transaction, query, page.next_cursor);
    }
    await writer.close();
  } catch (error) {
    await writer.abort(error);
    throw error;
  }
}

function render(
  rows: readonly Parameters<ExportColumn["cell"]>[0][],
  columns: readonly ExportColumn[],
): string {
  return rows.map((row) => csvLine(columns.map((column) => column.cell(row)))).join("");
}
