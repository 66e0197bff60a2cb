import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { unwrap } from "@/lib/errors";
import { getSupabase } from "@/lib/supabase";
import { integrationKeys } from "./queries";

/** Which deliveries or events are listed. */
export interface TrafficFilter {
  /** Of this integration only; "" for all. */
  integrationId: string;
  /** Only deliveries that failed, or events of which something was not used. */
  problems: boolean;
}

/** A keyset page of rows, newest first, and the id that the next one begins below. */
interface TrafficPage<Row> {
  rows: Row[];
  next: number | null;
}

export const deliveryKeys = {
  workspace: (workspaceId: string) => [...integrationKeys.all, workspaceId, "traffic"] as const,
  deliveries: (workspaceId: string, filter: TrafficFilter) =>
    [...deliveryKeys.workspace(workspaceId), "deliveries", filter] as const,
  delivery: (workspaceId: string, id: number) =>
    [...deliveryKeys.workspace(workspaceId), "delivery", id] as const,
  events: (workspaceId: string, filter: TrafficFilter) =>
    [...deliveryKeys.workspace(workspaceId), "events", filter] as const,
  event: (workspaceId: string, id: number) => [...deliveryKeys.workspace(workspaceId), "event", id] as const,
};

const pageSize = 50;
const firstPage: number | null = null;
/** Nobody tells of new rows: whoever comes back asks anew, for the first page alone. */
const unfollowed = { staleTime: 0, gcTime: 0, refetchOnWindowFocus: false };

function pageOf<Row extends { id: number }>(found: Row[]): TrafficPage<Row> {
  const rows = found.slice(0, pageSize);
  return { rows, next: found.length > pageSize ? (rows.at(-1)?.id ?? null) : null };
}

/** What went out to the integrations of a workspace, newest first, without bodies. */
export function deliveryListOptions(workspaceId: string, filter: TrafficFilter) {
  return infiniteQueryOptions({
    queryKey: deliveryKeys.deliveries(workspaceId, filter),
    ...unfollowed,
    initialPageParam: firstPage,
    queryFn: async ({ pageParam: below, signal }) => {
      let query = getSupabase()
        .from("deliveries")
        .select("id, integration_id, batch_id, address, sent_at, duration_ms, status, error_reason, notes")
        .eq("workspace_id", workspaceId);
      if (filter.integrationId !== "") query = query.eq("integration_id", filter.integrationId);
      if (filter.problems) query = query.not("error_code", "is", null);
      if (below !== null) query = query.lt("id", below);
      const found = await query
        .order("id", { ascending: false })
        .limit(pageSize + 1)
        .abortSignal(signal);
      return pageOf(unwrap(found));
    },
    getNextPageParam: ({ next }) => next,
  });
}

/** One delivery with its request and response. */
export function deliveryOptions(workspaceId: string, id: number) {
  return queryOptions({
    queryKey: deliveryKeys.delivery(workspaceId, id),
    staleTime: Number.POSITIVE_INFINITY, // it is written once
    queryFn: async ({ signal }) =>
      unwrap(
        await getSupabase()
          .from("deliveries")
          .select("*")
          .match({ workspace_id: workspaceId, id })
          .abortSignal(signal)
          .single(),
      ),
  });
}

/** What came in from the integrations of a workspace, newest first, without bodies. */
export function eventListOptions(workspaceId: string, filter: TrafficFilter) {
  return infiniteQueryOptions({
    queryKey: deliveryKeys.events(workspaceId, filter),
    ...unfollowed,
    initialPageParam: firstPage,
    queryFn: async ({ pageParam: below, signal }) => {
      let query = getSupabase()
        .from("events")
        .select("id, integration_id, event_id, received_at, taken, ignored, notes")
        .eq("workspace_id", workspaceId);
      if (filter.integrationId !== "") query = query.eq("integration_id", filter.integrationId);
      if (filter.problems) query = query.gt("ignored", 0);
      if (below !== null) query = query.lt("id", below);
      const found = await query
        .order("id", { ascending: false })
        .limit(pageSize + 1)
        .abortSignal(signal);
      return pageOf(unwrap(found));
    },
    getNextPageParam: ({ next }) => next,
  });
}

/** One event with its body. */
export function eventOptions(workspaceId: string, id: number) {
  return queryOptions({
    queryKey: deliveryKeys.event(workspaceId, id),
    queryFn: async ({ signal }) =>
      unwrap(
        await getSupabase()
          .from("events")
          .select("*")
          .match({ workspace_id: workspaceId, id })
          .abortSignal(signal)
          .single(),
      ),
  });
}
