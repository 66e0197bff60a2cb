import type { CAMPAIGN_SORTS, CampaignFilter } from "@contracts";
import type { Tables } from "@/database.types";

export type CampaignSort = (typeof CAMPAIGN_SORTS)[number];

/** Which campaigns are listed, in which order. */
export interface CampaignListing {
  filter: CampaignFilter;
  sort: CampaignSort;
  direction: "asc" | "desc";
}

export const campaignKeys = {
  all: ["campaigns"] as const,
  /** Every cached list of a workspace's campaigns, for when one appears or goes. */
  lists: (workspaceId: string) => [...campaignKeys.all, workspaceId] as const,
  list: (workspaceId: string, listing: CampaignListing) =>
    [...campaignKeys.lists(workspaceId), "list", listing] as const,
  recent: (workspaceId: string) => [...campaignKeys.lists(workspaceId), "recent"] as const,
  search: (workspaceId: string, text: string) =>
    [...campaignKeys.lists(workspaceId), "search", text] as const,
  listed: (campaignId: string) => [...campaignKeys.all, "listed", campaignId] as const,
  detail: (campaignId: string) => [...campaignKeys.all, "detail", campaignId] as const,
  /** When it was archived: no campaign, so beside the cached ones. */
  archived: (campaignId: string) => ["archived campaigns", campaignId] as const,
};

/** A campaign with its counters, as the app shows it. */
export type Campaign = Pick<
  Tables<"campaigns">,
  | "id"
  | "workspace_id"
  | "name"
  | "description"
  | "state"
  | "company_count"
  | "contact_count"
  | "researched_count"
  | "failed_count"
  | "created_at"
  | "updated_at"
>;

export interface CampaignPage {
  rows: Campaign[];
  next_cursor: string | null;
}
