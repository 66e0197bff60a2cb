import type { Side } from "../matrix/world.ts";
import { type Argument, baseArguments, type Callable, samples } from "./calls.ts";

/** A request that has to be refused. */
export interface HostileRequest {
  name: string;
  body: string;
}

/** A value that no argument of the type may have, as JSON. */
function impossible({ type }: Argument): string[] {
  if (type === "text" || type === "jsonb") return ['"a\\u0000b"', '"\\ud800"'];
  return [`"x'; drop table public.companies; --"`, '"\\u0000"'];
}

/** For each argument of each function a few values that it cannot have; bodies that are no arguments at all. */
export function impossibleRequests(functions: Callable[], side: Side): HostileRequest[] {
  return functions.flatMap((callable) => {
    const name = callable.name.replace("public.", "");
    const base = baseArguments(callable, samples(side));
    const requests = callable.arguments.flatMap((argument) =>
      impossible(argument).map((value) => {
        const others = Object.entries(base).filter(([known]) => known !== argument.name);
        const fields = [
          ...others.map(([key, one]) => `${JSON.stringify(key)}: ${JSON.stringify(one)}`),
          `"${argument.name}": ${value}`,
        ];
        return { name, body: `{${fields.join(", ")}}` };
      }),
    );
    const unknown = { name, body: JSON.stringify({ ...base, "x'; select 1": 1 }) };
    return [...requests, unknown, { name, body: "{'no': json}" }, { name, body: '"text"' }];
  });
}

const megabytes = "ab ".repeat(3_333_333);

/** Requests of lists, searches and counts with filters, sorts, pages and cursors that they do not take. */
export function listRequests(side: Side, cursorOf: Record<string, string>): HostileRequest[] {
  const {
    campaigns: campaign_id,
    workspaces: workspace_id,
    research_runs: run_id,
    archived_campaign,
  } = side.ids;
  const scopes: Record<string, object> = {
    list_companies: { campaign_id },
    list_contacts: { campaign_id },
    list_campaigns: { workspace_id },
    list_jobs: { run_id },
    list_archived: { campaign_id: archived_campaign, list: "companies" },
  };
  const pages = [
    { page_size: -1 },
    { page_size: 0 },
    { page_size: 201 },
    { page_size: null },
    { cursor: "x" },
  ];
  const orders = [{ sort: "id; drop table x" }, { sort: "search" }, { direction: "asc; select 1" }];
  const filters = [
    { "c.id": 1 },
    { q: 1 },
    { q: { a: 1 } },
    [],
    "x",
    null,
    { status: "new" },
    { ids: ["x"] },
  ].map((filter) => ({ filter }));
  const counts = [
    { list: "companies; drop table x", campaign_id },
    { list: "companies" },
    { list: "companies", campaign_id, workspace_id },
    ...filters.map((filter) => ({ list: "contacts", campaign_id, ...filter })),
  ];
  const requests = Object.entries(scopes).flatMap(([name, scope]) => {
    const cursors = Object.entries(cursorOf)
      .filter(([of]) => of !== name)
      .map(([, cursor]) => ({ cursor }));
    const own = cursorOf[name] ?? "";
    const tampered = [
      { cursor: `${own}A` },
      { cursor: own.slice(0, -4) },
      { cursor: `${own.startsWith("B") ? "C" : "B"}${own.slice(1)}` },
    ];
    const takesFilter = name !== "list_archived";
    const takesOrder = takesFilter && name !== "list_jobs";
    const tries = [
      ...pages,
      ...cursors,
      ...tampered,
      ...(takesFilter ? filters : []),
      ...(takesOrder ? orders : []),
    ];
    return tries.map((one) => ({ name, body: { ...scope, ...one } }));
  });
  const others = [
    { name: "list_contacts", body: { campaign_id, filter: { q: megabytes } } },
    { name: "list_companies", body: { campaign_id, cursor: megabytes } },
    { name: "list_campaigns", body: { workspace_id, sort: megabytes } },
    { name: "list_total", body: { list: "contacts", campaign_id, filter: { title: megabytes } } },
    ...counts.map((body) => ({ name: "list_total", body })),
    ...counts.map((body) => ({ name: "list_place", body: { ...body, row: 1 } })),
    ...[-1, 1e12, null].map((row) => ({ name: "list_place", body: { list: "companies", campaign_id, row } })),
  ];
  return [...requests, ...others].map(({ name, body }) => ({ name, body: JSON.stringify(body) }));
}
