import {
  infiniteQueryOptions,
  keepPreviousData,
  queryOptions,
  useMutation,
  useQueryClient,
} from "@tanstack/react-query";
import { batched } from "@/lib/batched";
import { RequestError, unwrap } from "@/lib/errors";
import { newestFirst } from "@/lib/newest-first";
import { rpc } from "@/lib/rpc";
import { getSupabase } from "@/lib/supabase";
import { removeCached, replaceCached } from "./cache";
import { type Campaign, type CampaignListing, type CampaignPage, campaignKeys } from "./keys";

const columns =
  "id, workspace_id, name, description, state, company_count, contact_count, researched_count, failed_count, created_at, updated_at";

const pageSize = 50;
const recentCount = 8;

/** The workspace's campaigns that are not being deleted, newest first. */
function visibleCampaigns(workspaceId: string) {
  return newestFirst(
    getSupabase().from("campaigns").select(columns).eq("workspace_id", workspaceId).neq("state", "deleting"),
  );
}

/** The campaigns of a workspace that match, also archived ones, in keyset pages of 50. */
export function campaignListOptions(workspaceId: string, listing: CampaignListing) {
  return infiniteQueryOptions({
    queryKey: campaignKeys.list(workspaceId, listing),
    meta: { sort: listing.sort },
    initialPageParam: null as string | null, // inference would make it `null` for every page
    placeholderData: keepPreviousData,
    queryFn: ({ pageParam: cursor, signal }): Promise<CampaignPage> =>
      rpc(
        "list_campaigns",
        {
          workspace_id: workspaceId,
          ...listing,
          page_size: pageSize,
          ...(cursor !== null && { cursor }),
        },
        signal,
      ),
    getNextPageParam: (page) => page.next_cursor,
  });
}

/** The newest campaigns of a workspace that are not archived, for the sidebar. */
export function recentCampaignsOptions(workspaceId: string) {
  return queryOptions({
    queryKey: campaignKeys.recent(workspaceId),
    queryFn: async ({ signal }): Promise<Campaign[]> =>
      unwrap(
        await visibleCampaigns(workspaceId).neq("state", "archived").limit(recentCount).abortSignal(signal),
      ),
    // One that is archived now leaves at once.
    select: (campaigns) => campaigns.filter(({ state }) => state !== "archived"),
  });
}

/** Up to 10 campaigns whose name contains `text`. */
export function campaignSearchOptions(workspaceId: string, text: string) {
  return queryOptions({
    queryKey: campaignKeys.search(workspaceId, text),
    enabled: text !== "",
    placeholderData: keepPreviousData,
    queryFn: async ({ signal }): Promise<Campaign[]> => {
      const pattern = `%${text.replace(/[\\%_]/g, "\\$&")}%`;
      return unwrap(await visibleCampaigns(workspaceId).ilike("name", pattern).limit(10).abortSignal(signal));
    },
  });
}

/** One campaign. Throws a not-found `RequestError` for one that does not exist or is not the user's. */
export function campaignOptions(campaignId: string) {
  return queryOptions({
    queryKey: campaignKeys.detail(campaignId),
    queryFn: async ({ signal }): Promise<Campaign> => {
      const campaign = unwrap(
        await getSupabase()
          .from("campaigns")
          .select(columns)
          .eq("id", campaignId)
          .abortSignal(signal)
          .maybeSingle(),
      );
      if (!campaign)
        throw new RequestError("This campaign does not exist.", { status: 404, code: "not_found" });
      return campaign;
    },
  });
}

/** Those of the campaigns that still exist. */
export async function fetchCampaigns(ids: readonly string[]): Promise<Campaign[]> {
  return unwrap(await getSupabase().from("campaigns").select(columns).in("id", ids).neq("state", "deleting"));
}

/** Reads campaigns that are asked for at once in one request. */
const readTogether = batched(async (ids: string[]) => {
  const found = await fetchCampaigns(ids);
  return new Map(found.map((campaign) => [campaign.id, campaign]));
});

/** One campaign of several that are shown beside each other, as in a list of their companies; null for one that is gone. */
export function listedCampaignOptions(campaignId: string) {
  return queryOptions({
    queryKey: campaignKeys.listed(campaignId),
    queryFn: async () => (await readTogether(campaignId)) ?? null,
  });
}

interface NewCampaign {
  workspaceId: string;
  name: string;
  description: string;
}

/** Makes a campaign and resolves to its id. */
export function useCreateCampaign() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: async ({ workspaceId, name, description }: NewCampaign) =>
      unwrap(
        await getSupabase()
          .from("campaigns")
          .insert({ workspace_id: workspaceId, name: name.trim(), description: description.trim() || null })
          .select("id")
          .single(),
      ).id,
    onSuccess: (_id, { workspaceId }) =>
      queryClient.invalidateQueries({ queryKey: campaignKeys.lists(workspaceId) }),
  });
}

/** Changes a campaign's name and description. Every cached copy has what was saved, and nothing before. */
export function useEditCampaign() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: async ({ id, name, description }: { id: string; name: string; description: string }) =>
      unwrap(
        await getSupabase()
          .from("campaigns")
          .update({ name: name.trim(), description: description.trim() || null })
          .eq("id", id)
          .select(columns)
          .single(),
      ),
    onSuccess: async (campaign) => {
      // A read under way may bring the old name.
      await queryClient.cancelQueries({ queryKey: campaignKeys.detail(campaign.id) });
      replaceCached(queryClient, [campaign]);
      await queryClient.invalidateQueries({ queryKey: campaignKeys.lists(campaign.workspace_id) });
    },
  });
}

/** Deletes a campaign with everything in it; gone from the lists once the server has begun. Owners only. */
export function useDeleteCampaign() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: ({ id }: { id: string; workspaceId: string }) => rpc("delete_campaign", { campaign_id: id }),
    onSuccess: (_task, { id }) => removeCached(queryClient, [id]),
    onSettled: (_data, _error, { workspaceId }) =>
      queryClient.invalidateQueries({ queryKey: campaignKeys.lists(workspaceId) }),
  });
}
