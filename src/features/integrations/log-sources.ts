import type { Database } from "@/database.types";
import { unwrap } from "@/lib/errors";
import { getSupabase } from "@/lib/supabase";
import { cutLog, type LogSource } from "./log-queries";

type Tables = Database["public"]["Tables"];
export type FullDelivery = Tables["deliveries"]["Row"];
export type FullEvent = Tables["events"]["Row"];

/** A delivery as it is listed. */
export type DeliveryEntry = Omit<
  FullDelivery,
  "workspace_id" | "request_headers" | "request_body" | "response_body" | "error_code"
>;
/** An event as it is listed. */
export type EventEntry = Omit<FullEvent, "workspace_id" | "body">;

/** What went out to integrations. */
export const deliveryLog: LogSource<DeliveryEntry, FullDelivery> = {
  table: "deliveries",
  read: async (filter, cut, signal) => {
    const all = getSupabase()
      .from("deliveries")
      .select(
        "id, integration_id, batch_id, jobs, stages, address, sent_at, duration_ms, status, error_reason, notes, resent_by",
      );
    const some = filter.problems ? all.not("error_code", "is", null) : all;
    return unwrap(await cutLog(some, filter, cut).abortSignal(signal));
  },
  readOne: async (workspaceId, id, signal) =>
    unwrap(
      await getSupabase()
        .from("deliveries")
        .select("*")
        .match({ workspace_id: workspaceId, id })
        .abortSignal(signal)
        .single(),
    ),
};

/** What came in from integrations. */
export const eventLog: LogSource<EventEntry, FullEvent> = {
  table: "events",
  read: async (filter, cut, signal) => {
    const all = getSupabase()
      .from("events")
      .select("id, integration_id, event_id, received_at, taken, ignored, notes");
    const some = filter.problems ? all.gt("ignored", 0) : all;
    return unwrap(await cutLog(some, filter, cut).abortSignal(signal));
  },
  readOne: async (workspaceId, id, signal) =>
    unwrap(
      await getSupabase()
        .from("events")
        .select("*")
        .match({ workspace_id: workspaceId, id })
        .abortSignal(signal)
        .single(),
    ),
};
