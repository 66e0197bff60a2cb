import { type UseQueryResult, useQuery } from "@tanstack/react-query";
import { Building2, Search, User } from "lucide-react";
import type { ReactNode } from "react";
import { useNavigate } from "react-router-dom";
import { listedCampaignOptions } from "@/features/campaigns/queries";
import { foundCompaniesOptions } from "@/features/companies/found";
import { foundContactsOptions } from "@/features/contacts/found";
import { useCurrentWorkspace } from "@/features/workspaces/queries";
import { formatCount } from "@/lib/format";
import { useDebounced } from "@/lib/use-debounced";
import type { Command } from "@/stores/commands";
import type { CommandGroup } from "./find-commands";

/** Shortest text that companies and contacts are searched for, in characters; a single one fits too many. */
const MIN_LENGTH = 2;
/** Most companies, and most contacts, that are offered. */
const LIMIT = 5;

/** Something found that the palette offers, with what tells it from others of its name. */
export interface FoundCommand extends Command {
  detail?: ReactNode;
}

export interface FoundRecords {
  /** What was found for the text as it is now, under headings; empty until all of it is known. */
  groups: CommandGroup<FoundCommand>[];
  state: "idle" | "pending" | "failed" | "found";
  /** The state in words. */
  message: string;
  /** Searches again what could not be searched. */
  retry: () => void;
}

/**
 * The companies and contacts of the workspace that fit what is typed, as commands that open them. They appear all at once, and only for
 * the text as it is typed: what is offered never changes under a choice. `mayShow`: what is listed above them is there.
 */
export function useFoundRecords(text: string, mayShow: boolean): FoundRecords {
  const workspaceId = useCurrentWorkspace()?.id ?? "";
  const navigate = useNavigate();
  const typed = text.trim();
  const q = useDebounced(typed, 200);
  const enabled = workspaceId !== "" && q.length >= MIN_LENGTH;
  const companies = useQuery({ ...foundCompaniesOptions(workspaceId, q, LIMIT), enabled });
  const contacts = useQuery({ ...foundContactsOptions(workspaceId, q, LIMIT), enabled });
  const failed = [companies, contacts].filter(({ isError }) => isError);
  const retry = () => {
    for (const query of failed) void query.refetch();
  };

  if (workspaceId === "" || typed.length < MIN_LENGTH)
    return { groups: [], state: "idle", message: "", retry };
  if (!mayShow || q !== typed || isWaiting(companies) || isWaiting(contacts))
    return { groups: [], state: "pending", message: "Searching companies and contacts…", retry };

  const open = (path: string) => () => void navigate(path);
  const all = (what: "companies" | "contacts", group: string): FoundCommand => ({
    id: `found-all-${what}`,
    label: `All ${what} that match “${q}”`,
    group,
    icon: Search,
    run: open(`/${what}?q=${encodeURIComponent(q)}`),
  });
  const ofCompanies = (companies.data?.rows ?? []).map(
    ({ id, campaign_id, name, domain }): FoundCommand => ({
      id: `company-${id}`,
      label: name,
      group: "Companies",
      icon: Building2,
      detail: <Detail text={domain} campaignId={campaign_id} />,
      run: open(`/c/${campaign_id}/companies?company=${id}`),
    }),
  );
  const ofContacts = (contacts.data?.rows ?? []).map(
    ({ id, campaign_id, name, company }): FoundCommand => ({
      id: `contact-${id}`,
      label: name,
      group: "Contacts",
      icon: User,
      detail: <Detail text={company.name} campaignId={campaign_id} />,
      run: open(`/c/${campaign_id}/contacts?contact=${id}`),
    }),
  );
  return {
    groups: [
      {
        value: "Companies",
        items: companies.data?.hasMore ? [...ofCompanies, all("companies", "Companies")] : ofCompanies,
      },
      {
        value: "Contacts",
        items: contacts.data?.hasMore ? [...ofContacts, all("contacts", "Contacts")] : ofContacts,
      },
    ].filter(({ items }) => items.length > 0),
    ...(failed.length > 0
      ? { state: "failed", message: failure(companies.isError, contacts.isError) }
      : { state: "found", message: foundText(ofCompanies.length, ofContacts.length) }),
    retry,
  };
}

/** Also while what failed is tried again. */
function isWaiting({ isPending, isError, isFetching }: UseQueryResult<unknown>): boolean {
  return isPending || (isError && isFetching);
}

function failure(companies: boolean, contacts: boolean): string {
  const what = companies ? (contacts ? "Companies and contacts" : "Companies") : "Contacts";
  return `${what} could not be searched.`;
}

function foundText(companies: number, contacts: number): string {
  if (companies + contacts === 0) return "No company or contact found.";
  return `${formatCount(companies, "company", "companies")} and ${formatCount(contacts, "contact")} found.`;
}

/** Beside a record's name: something of its own, and its campaign once that is known. */
function Detail({ text, campaignId }: { text: string | null; campaignId: string }) {
  const { data: campaign } = useQuery(listedCampaignOptions(campaignId));
  return [text, campaign?.name].filter(Boolean).join(" · ");
}
