import type { Delivery } from "../../supabase/functions/_shared/providers/webhook-request.ts";

/** A request that was answered with 200 and results. */
export const delivery: Delivery = {
  address: "hook.example/",
  sentAt: 1_000,
  durationMs: 250,
  requestHeaders: {},
  requestBody: "{}",
  status: 200,
  responseBody: "{}",
  retryAfterMs: null,
  error: null,
  notes: [],
};
