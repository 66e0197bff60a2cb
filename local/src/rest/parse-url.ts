import { RestError } from "./errors.ts";
import { parseGroup, parseOrder, parseTest } from "./parse-filter.ts";
import { parseSelect } from "./parse-select.ts";
import { embedsOf, nameOf, type Read } from "./query.ts";

export interface ParsedUrl {
  read: Read;
  columns: string[] | null;
  onConflict: string[] | null;
}

const logic = /^(not\.)?(and|or)$/u;

/** Everything a table's URL says. Parameters are placed at the embed their dotted prefix names. */
export function parseUrl(parameters: Iterable<[string, string]>): ParsedUrl {
  const entries = [...parameters];
  const only = (name: string) => entries.find(([key]) => key === name)?.[1];
  const read: Read = {
    selected: parseSelect(only("select") ?? "*"),
    conditions: [],
    order: [],
    limit: null,
    offset: 0,
  };
  for (const [key, value] of entries) {
    if (key !== "select" && key !== "columns" && key !== "on_conflict") place(read, key, value);
  }
  return { read, columns: names(only("columns")), onConflict: names(only("on_conflict")) };
}

function place(read: Read, key: string, value: string): void {
  const dot = key.indexOf(".");
  if (dot > 0 && !logic.test(key) && !key.startsWith('"')) {
    const target = key.slice(0, dot);
    const embed = embedsOf(read).find((one) => nameOf(one) === target);
    if (!embed) throw notEmbedded(target);
    place(embed.read, key.slice(dot + 1), value);
    return;
  }
  const group = logic.exec(key);
  if (group)
    read.conditions.push(parseGroup(group[2] === "or" ? "or" : "and", group[1] !== undefined, value));
  else if (key === "order") read.order = value === "" ? [] : parseOrder(value);
  else if (key === "limit") read.limit = checkLimit(rangeNumber(value));
  else if (key === "offset") read.offset = checkOffset(rangeNumber(value) ?? 0);
  else read.conditions.push(parseTest(key, value));
}

function notEmbedded(target: string): RestError {
  const hint = `Verify that '${target}' is included in the 'select' query parameter.`;
  return new RestError(
    400,
    "PGRST108",
    `'${target}' is not an embedded resource in this request`,
    null,
    hint,
  );
}

/** As PostgREST reads it: what is not a whole number counts as not given. */
function rangeNumber(value: string): number | null {
  return /^-?\d{1,15}$/u.test(value) ? Number(value) : null;
}

function checkLimit(limit: number | null): number | null {
  if (limit === null || limit >= 0) return limit;
  const details = "Limit should be greater than or equal to zero.";
  throw new RestError(416, "PGRST103", "Requested range not satisfiable", details);
}

function checkOffset(offset: number): number {
  if (offset >= 0) return offset;
  throw new RestError(400, "2201X", "OFFSET must not be negative");
}

/** columns="a","b" */
function names(text: string | undefined): string[] | null {
  if (text === undefined) return null;
  return text.split(",").map((name) => name.trim().replace(/^"(.*)"$/u, "$1"));
}
