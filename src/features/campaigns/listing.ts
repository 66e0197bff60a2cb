import { oneOf, type Params, text } from "@/lib/url-state";
import type { CampaignListing } from "./keys";

/** The orders there are: names from A, dates and counts from the newest and the most. */
export const CAMPAIGN_ORDERS = [
  { value: "created_at", label: "Newest first" },
  { value: "updated_at", label: "Updated last" },
  { value: "name", label: "By name" },
  { value: "company_count", label: "Most companies" },
  { value: "contact_count", label: "Most contacts" },
] as const satisfies readonly { value: CampaignListing["sort"]; label: string }[];

/** What the page's address says of the list of campaigns. */
export interface CampaignsState {
  q: string;
  state: "active" | "archived" | "all";
  sort: CampaignListing["sort"];
}

export const campaignsParams: Params<CampaignsState> = {
  q: text(),
  state: oneOf(["active", "archived", "all"], "active"),
  sort: oneOf(
    CAMPAIGN_ORDERS.map(({ value }) => value),
    "created_at",
  ),
};

/** On the way to the archive or back a campaign is still among those worked with. */
const states = {
  active: ["active", "archiving", "restoring"],
  archived: ["archived"],
  all: ["active", "archiving", "archived", "restoring"],
} as const;

/** What `list_campaigns` is asked for. */
export function listingOf({ q, state, sort }: CampaignsState): CampaignListing {
  return {
    filter: { state: [...states[state]], ...(q !== "" && { q }) },
    sort,
    direction: sort === "name" ? "asc" : "desc",
  };
}
