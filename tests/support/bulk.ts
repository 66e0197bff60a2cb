import { bulkTask } from "../../supabase/functions/_shared/contracts/index.ts";
import { taskBench } from "./tasks.ts";

/** A task bench whose rows are edited and deleted by a filter. */
export function bulkBench() {
  const bench = taskBench();

  const edit = async (list: string, filter: object, patch: object) =>
    bulkTask.parse(await bench.call("edit_matching", [bench.campaign, list, filter, patch]));

  const remove = (list: string, filter: object) =>
    bench.call("delete_matching", [bench.campaign, list, filter]);

  /** As the click does, without its first chunks. */
  async function start(
    kind: "edit_rows" | "delete_rows",
    list: string,
    filter: object,
    patch: object = {},
  ): Promise<string> {
    const [task] = await bench.sql`
      select private.start_on_matching(c, ${kind}, ${list}, ${bench.sql.json({ ...filter })}, ${bench.sql.json({ ...patch })}) as id
      from public.campaigns c where id = ${bench.campaign}`;
    return task?.id;
  }

  return { bench, edit, remove, start };
}
