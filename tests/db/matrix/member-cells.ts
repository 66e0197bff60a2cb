import { type Cell, rowsWritten } from "./cells.ts";
import { service } from "./people.ts";
import type { World } from "./world.ts";

/** A workspace keeps an owner, whoever takes the last one away, and handing it over changes nobody else. */
export function memberCells(world: World): Cell[] {
  const { a, b } = world;
  const owners = (workspaceId: string) =>
    `update public.workspace_members set email = email where workspace_id = '${workspaceId}' and role = 'owner'`;
  const theOwner = `workspace_id = '${b.workspaceId}' and user_id = '${b.ids.the_owner}'`;
  return [
    {
      name: "members: when the only owner goes, the admin becomes one",
      as: service,
      sql: `delete from public.workspace_members where ${theOwner}; ${owners(b.workspaceId)}`,
      expected: "1 rows",
      tell: rowsWritten,
    },
    {
      name: "members: when the only owner becomes an admin, somebody is made one",
      as: service,
      sql: `update public.workspace_members set role = 'admin' where ${theOwner}; ${owners(b.workspaceId)}`,
      expected: "1 rows",
      tell: rowsWritten,
    },
    {
      name: "members: whoever hands a workspace over leaves the other owner what they are",
      as: world.callers.owner,
      sql: `do $$ begin perform public.transfer_ownership('${a.workspaceId}', '${a.ids.the_member}'); end $$; reset role; ${owners(a.workspaceId)}`,
      expected: "2 rows",
      tell: rowsWritten,
    },
  ];
}
