import * as z from "zod/mini";
import { rowList } from "./tasks.ts";

/** How the columns of a list are laid out: what differs from the list's own. */
export const viewColumns = z.object({
  order: z.array(z.string()),
  visible: z.record(z.string(), z.boolean()),
  widths: z.record(z.string(), z.number()),
});

/** A row of `saved_views`: a list's search, filters, sort and columns under a name, for every campaign of a workspace. */
export const savedView = z.object({
  id: z.guid(),
  workspace_id: z.guid(),
  list: rowList,
  name: z.string(),
  /** The query part of the page's address, without "?". */
  query: z.string(),
  /** Columns that make no sense are as the list has them. */
  columns: z.catch(viewColumns, { order: [], visible: {}, widths: {} }),
  is_shared: z.boolean(),
  created_by: z.guid(),
});
export const savedViews = z.array(savedView);
export type SavedView = z.infer<typeof savedView>;
export type ViewColumns = z.infer<typeof viewColumns>;
