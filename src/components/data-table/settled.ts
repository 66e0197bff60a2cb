import { skipToken, useQuery } from "@tanstack/react-query";
import { useId } from "react";
import type { ListPage } from "./pages";

/** All rows that match, as they were at one moment. */
export interface SettledRows<Filter> {
  /** Leaves out rows that were added after that moment. */
  filter: Filter;
  /** How many they were, null when they were not all counted. */
  total: number | null;
}

/** Rows that something is to be done to: those with the filter's ids, or all that match it. */
export interface RowScope<Filter> {
  filter: Filter;
  /** How many that is, null when not known. */
  total: number | null;
  /** Where all that match are meant: asks how many these are now. What is shown may be older. */
  settle?: ((signal: AbortSignal) => Promise<SettledRows<Filter>>) | undefined;
}

interface CreatedBefore {
  created_before?: string | undefined;
}

/**
 * What a list's first page, newest rows first and with its total, says of the rows that match. The newest row is where they end: the
 * server's clock has dated it, whatever the clock here says.
 */
export function settledBy<Filter extends CreatedBefore>(
  filter: Filter,
  { rows, total, total_is_capped }: ListPage<{ created_at: string }>,
): SettledRows<Filter> {
  const [newest] = rows;
  if (newest === undefined) return { filter, total: 0 };
  const counted = total_is_capped ? null : (total ?? null);
  // Times here are whole milliseconds, the server's are finer.
  const end = Date.parse(newest.created_at) + 1;
  const { created_before: known } = filter;
  if (known !== undefined && Date.parse(known) <= end) return { filter, total: counted };
  return { filter: { ...filter, created_before: new Date(end).toISOString() }, total: counted };
}

interface Settling<Scope> {
  /** The rows to name and to act on; their number is unknown until they are `ready`. */
  rows: Scope;
  ready: boolean;
  error: Error | null;
}

/** Settles, when a dialog opens, which rows it is about: what the user confirms is what is done. Picked rows are settled already. */
export function useSettled<Filter, Scope extends RowScope<Filter>>(
  scope: Scope & RowScope<Filter>,
): Settling<Scope> {
  const { settle } = scope;
  const { data, error } = useQuery({
    queryKey: ["settled", useId()],
    queryFn: settle ? ({ signal }) => settle(signal) : skipToken,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0, // a dialog that is opened again asks again
  });
  if (settle === undefined) return { rows: scope, ready: true, error: null };
  if (data === undefined) return { rows: { ...scope, total: null }, ready: false, error };
  return { rows: { ...scope, ...data }, ready: true, error: null };
}
