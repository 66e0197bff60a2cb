import type { ForeignKey } from "./catalog.ts";
import { type Cell, refusedBy } from "./cells.ts";
import { postgres } from "./people.ts";
import type { World } from "./world.ts";

/** What else a row must have to name such a row: its own checks come first. */
const ALONG: Record<string, string> = {
  "research_jobs.contact_id": ", company_id = null, page = null, stage = 'sync'",
};

/** A row of one workspace cannot lead into the other, not even when postgres writes it. */
export function foreignKeyCells(world: World, { name, child, parent, columns }: ForeignKey): Cell[] {
  return columns.map((column) => ({
    name: `${child}.${column.child}: a row of another workspace`,
    as: postgres,
    // Without the rows that are there, so that no unique index gets in the way.
    sql: `delete from ${child} where workspace_id = '${world.b.workspaceId}';
      update ${child} set ${column.child} = (select p.${column.parent} from ${parent} p where p.workspace_id = '${world.b.workspaceId}' limit 1)
        ${ALONG[`${child}.${column.child}`] ?? ""}
      where ctid = (select c.ctid from ${child} c where c.workspace_id = '${world.a.workspaceId}' limit 1)`,
    expected: `refused by ${name}`,
    tell: refusedBy,
  }));
}
