import { Hono } from "hono";
import { asCaller } from "./database.ts";
import { invalid } from "./errors.ts";
import { removeObjects } from "./objects.ts";
import { callerOf, readJson, removeFiles, type StorageService } from "./service.ts";

const maxRemoved = 1000;
const maxListed = 1000;
const sortColumns = ["name", "updated_at", "created_at", "last_accessed_at"];

/** Listing a folder, and removing objects. */
export function manageRoutes(service: StorageService) {
  const { pool } = service;
  const app = new Hono();

  app.post("/object/list/:bucket", async (c) => {
    const identity = await callerOf(c, service);
    const listing = readListing(await readJson(c));
    const { rows } = await asCaller(pool, identity, (client) =>
      client.query(listSql(listing), [
        c.req.param("bucket"),
        listing.prefix,
        likePattern(listing.prefix + listing.search),
        listing.prefix.split("/").length,
        listing.limit,
        listing.offset,
      ]),
    );
    return c.json(rows);
  });

  app.delete("/object/:bucket", async (c) => {
    const identity = await callerOf(c, service);
    const { prefixes } = await readJson(c);
    const removed = await removeObjects(pool, identity, c.req.param("bucket"), readNames(prefixes));
    await removeFiles(
      service,
      removed.map((object) => object.version),
    );
    return c.json(removed);
  });
  return app;
}

interface Listing {
  /** "" or a folder with its slash, "a/b/". */
  prefix: string;
  /** What names in the folder start with. */
  search: string;
  limit: number;
  offset: number;
  column: string;
  order: "asc" | "desc";
}

function readListing(body: Record<string, unknown>): Listing {
  const { prefix = "", search, limit = 100, offset = 0, sortBy } = body;
  const { column = "name", order = "asc" } =
    typeof sortBy === "object" && sortBy !== null ? { ...sortBy } : {};
  if (typeof prefix !== "string") throw invalid("prefix is a folder");
  if (!isCount(limit) || limit < 1 || limit > maxListed)
    throw invalid(`limit is a number from 1 to ${maxListed}`);
  if (!isCount(offset)) throw invalid("offset is a number of objects to skip");
  const known = sortColumns.find((one) => one === column);
  if (!known) throw invalid(`sortBy.column is one of ${sortColumns.join(", ")}`);
  if (order !== "asc" && order !== "desc") throw invalid("sortBy.order is asc or desc");
  const folder = prefix === "" || prefix.endsWith("/") ? prefix : `${prefix}/`;
  return {
    prefix: folder,
    search: typeof search === "string" ? search : "",
    limit,
    offset,
    column: known,
    order,
  };
}

/** The folders in a folder, then the objects, as policies let the caller see them. */
function listSql({ column, order }: Listing): string {
  return `
    with inside as (
      select * from storage.objects where bucket_id = $1 and starts_with(name, $2) and name ilike $3
    )
    select * from (
      select distinct path_tokens[$4] as name, null::uuid as id, null::timestamptz as updated_at,
             null::timestamptz as created_at, null::timestamptz as last_accessed_at, null::jsonb as metadata
      from inside where cardinality(path_tokens) > $4
      union all
      select path_tokens[$4], id, updated_at, created_at, last_accessed_at, metadata
      from inside where cardinality(path_tokens) = $4
    ) listed order by id is not null, ${column} ${order}, name limit $5 offset $6`;
}

function likePattern(start: string): string {
  return `${start.replaceAll(/[\\%_]/g, "\\$&")}%`;
}

function isCount(value: unknown): value is number {
  return typeof value === "number" && Number.isSafeInteger(value) && value >= 0;
}

function readNames(names: unknown): string[] {
  const usable =
    Array.isArray(names) && names.length <= maxRemoved && names.every((name) => typeof name === "string");
  if (!usable) throw invalid(`prefixes is a list of at most ${maxRemoved} object names`);
  return names;
}
