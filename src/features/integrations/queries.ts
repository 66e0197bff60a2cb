import { type Integration, integration, integrations } from "@contracts";
import { type QueryClient, queryOptions, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { unwrap } from "@/lib/errors";
import { rpc } from "@/lib/rpc";
import { getSupabase } from "@/lib/supabase";
import { integrationKeys } from "./keys";
import type { IntegrationSettings } from "./settings-form";

const columns =
  "id, workspace_id, kind, name, url, auth_header, batch_size, max_in_flight, requests_per_second, burst, timeout_seconds, deadline_seconds, cost_per_job, cache_days, signing_secret_at, header_secret_at, created_at, deleted_at";

/** The integrations of a workspace, oldest first; deleted ones too, which runs and deliveries still name. */
export function integrationsOptions(workspaceId: string) {
  return queryOptions({
    queryKey: integrationKeys.list(workspaceId),
    queryFn: async ({ signal }): Promise<Integration[]> =>
      integrations.parse(
        unwrap(
          await getSupabase()
            .from("integrations")
            .select(columns)
            .eq("workspace_id", workspaceId)
            .order("created_at")
            .order("id")
            .abortSignal(signal),
        ),
      ),
  });
}

/** Those that can be used. */
export function inUse(all: readonly Integration[]): Integration[] {
  return all.filter(({ deleted_at }) => deleted_at === null);
}

/** Says who does something, by an integration's id; null is the built-in web researcher. */
export function useProviderName(workspaceId: string | undefined): (id: string | null) => string {
  const { data } = useQuery({
    ...integrationsOptions(workspaceId ?? ""),
    enabled: workspaceId !== undefined,
  });
  return (id) => {
    if (id === null) return "Web researcher";
    const found = data?.find((one) => one.id === id);
    return found ? `${found.name}${found.deleted_at === null ? "" : " (deleted)"}` : "An integration";
  };
}

/** The requests that were sent for a batch of jobs. Whoever shows them tells, by `integrationKeys.batches`, when there may be more. */
export function batchDeliveriesOptions(workspaceId: string, batchId: string) {
  return queryOptions({
    queryKey: integrationKeys.batch(workspaceId, batchId),
    staleTime: 0,
    queryFn: async ({ signal }) =>
      unwrap(
        await getSupabase()
          .from("deliveries")
          .select(
            "id, jobs, address, sent_at, duration_ms, request_headers, request_body, status, response_body, error_reason, notes, resent_by",
          )
          .match({ workspace_id: workspaceId, batch_id: batchId })
          .order("id")
          .abortSignal(signal),
      ),
  });
}

/** Puts one integration into the cached list, in the place of what was known of it. */
function keep(client: QueryClient, changed: Integration): void {
  client.setQueryData(integrationsOptions(changed.workspace_id).queryKey, (all) =>
    all?.some(({ id }) => id === changed.id)
      ? all.map((one) => (one.id === changed.id ? changed : one))
      : all && [...all, changed],
  );
}

type NewIntegration = Pick<Integration, "workspace_id" | "kind" | "name" | "url"> &
  Partial<IntegrationSettings>;

/** Adds an integration to a workspace. */
export function useAddIntegration() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (added: NewIntegration): Promise<Integration> =>
      integration.parse(
        unwrap(await getSupabase().from("integrations").insert(added).select(columns).single()),
      ),
    onSuccess: (added) => keep(client, added),
  });
}

/** Changes the settings of an integration; requests from then on follow them. */
export function useEditIntegration({ id, workspace_id }: Pick<Integration, "id" | "workspace_id">) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (settings: IntegrationSettings): Promise<Integration> =>
      integration.parse(
        unwrap(
          await getSupabase()
            .from("integrations")
            .update(settings)
            .match({ workspace_id, id })
            .select(columns)
            .single(),
        ),
      ),
    onSuccess: (changed) => keep(client, changed),
  });
}

/** Deletes an integration and its secrets. */
export function useDeleteIntegration() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ id }: Integration) => rpc("delete_integration", { integration_id: id }),
    onSuccess: (_nothing, gone) => keep(client, { ...gone, deleted_at: new Date().toISOString() }),
  });
}

/** Reads one integration again. */
export async function rereadIntegration(
  client: QueryClient,
  { id, workspace_id }: Pick<Integration, "id" | "workspace_id">,
): Promise<void> {
  const found = await getSupabase().from("integrations").select(columns).match({ workspace_id, id }).single();
  keep(client, integration.parse(unwrap(found)));
}

export { useRedeliver } from "./redeliver-queries";
export type { Integration };
export { integrationKeys };
