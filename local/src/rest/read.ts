import { answerSql } from "./answer-sql.ts";
import { parseRange } from "./headers.ts";
import { type ParsedUrl, parseUrl } from "./parse-url.ts";
import { ReadSql, type Source } from "./read-sql.ts";
import { type Engine, type RestRequest, sourceOf, tableNamed } from "./request.ts";
import { respond } from "./respond.ts";
import { countSql, totalFrom } from "./totals.ts";

/** GET /:table */
export function readTable(engine: Engine, request: RestRequest, name: string): Promise<Response> {
  const table = tableNamed(request.catalog, name);
  return readRows(engine, request, sourceOf(request.catalog, table), parseUrl(request.parameters));
}

/** The rows of a table or of a function's result, filtered, ordered, counted and cut as the URL says. */
export async function readRows(
  engine: Engine,
  request: RestRequest,
  source: Source,
  url: ParsedUrl,
): Promise<Response> {
  const { database, maxRows } = engine;
  const range = parseRange(request.range);
  const read = range
    ? { ...url.read, offset: url.read.offset || range.offset, limit: url.read.limit ?? range.limit }
    : url.read;
  const { rows, matching } = new ReadSql(request.catalog, maxRows).build(read, source);
  const count = countSql(request.prefer.count, matching, maxRows);
  const statement = answerSql(request.format, rows, count.total ? { total: count.total } : {});
  const results = await database.run(request.caller, [...count.plan, statement], { signal: request.signal });
  const total = totalFrom(count, results);
  return respond(request, { row: results.at(-1) ?? {}, status: 200, offset: read.offset, total });
}
