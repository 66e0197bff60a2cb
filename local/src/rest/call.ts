import { sql } from "../db/sql.ts";
import { answerSql, scalarAnswerSql } from "./answer-sql.ts";
import { type CallArguments, callSql, findRoutine, namesOf } from "./call-sql.ts";
import type { Routine } from "./catalog.ts";
import { type ParsedUrl, parseUrl } from "./parse-url.ts";
import { readPayload } from "./payload.ts";
import { readRows } from "./read.ts";
import { ReadSql, type Source } from "./read-sql.ts";
import type { Engine, RestRequest } from "./request.ts";
import { respond } from "./respond.ts";

/** GET /rpc/:name: parameters that name an argument are arguments, the others say what to do with the result. */
export function callWithUrl(engine: Engine, request: RestRequest, name: string): Promise<Response> {
  const overloads = request.catalog.functionsNamed(name);
  const known = new Set(overloads.flatMap((one) => one.arguments.map((argument) => argument.name)));
  const parameters = [...request.parameters];
  const values = new Map(parameters.filter(([key]) => known.has(key)));
  const routine = findRoutine(request.catalog, name, [...values.keys()]);
  const url = parseUrl(parameters.filter(([key]) => !known.has(key)));
  return call(engine, request, routine, { values }, url);
}

/** POST /rpc/:name with the arguments as a JSON object. */
export function callWithBody(
  engine: Engine,
  request: RestRequest,
  name: string,
  body: string,
): Promise<Response> {
  const json = body || "{}";
  const args = { json, names: readPayload(json, null).columns };
  const routine = findRoutine(request.catalog, name, namesOf(args));
  return call(engine, request, routine, args, parseUrl(request.parameters));
}

async function call(
  engine: Engine,
  request: RestRequest,
  routine: Routine,
  args: CallArguments,
  url: ParsedUrl,
): Promise<Response> {
  const { catalog, signal } = request;
  const from = callSql(catalog, routine, args);
  const caller = { ...request.caller, readOnly: request.caller.readOnly || !routine.volatile };
  if (routine.returnsRows && routine.returnsSet) {
    return readRows(engine, { ...request, caller }, resultOf(request, routine, from), url);
  }
  const asJson: RestRequest = { ...request, format: { ...request.format, type: "json" } };
  if (routine.returnsRows) {
    const { rows } = new ReadSql(catalog, engine.maxRows).build(url.read, resultOf(request, routine, from));
    const statement = answerSql({ ...request.format, type: "object" }, rows);
    const [row = {}] = await engine.database.run(caller, [statement], { signal });
    return respond(asJson, { row, status: 200 });
  }
  const rows = sql`select "_called" as value from ${from} as "_called"`;
  const statement = scalarAnswerSql(rows, routine.returnsSet);
  const [row = {}] = await engine.database.run(caller, [statement], { signal });
  if (routine.returnsVoid) return new Response(null, { status: 204 });
  return respond(asJson, { row, status: 200 });
}

function resultOf({ catalog }: RestRequest, routine: Routine, from: Source["from"]): Source {
  const { name, table } = routine;
  const columns = table === null ? routine.columns : (catalog.tables.get(table)?.columns ?? []);
  return { from, name, table, columns };
}
