import type { Integration, ResearchPlan, RowList } from "@contracts";
import { type UseQueryResult, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { Tables } from "@/database.types";
import { integrationsOptions, inUse } from "@/features/integrations/queries";
import { choicesFor, firstChoices, type StageChoices } from "./plan";
import { researchPlanOptions } from "./run-queries";
import { draftOf, type SourceDraft } from "./source-form";

/** What the choices begin with. */
interface Beginning {
  /** How the campaign was researched last, or else the workspace; null when neither was, or that cannot be read. */
  last: ResearchPlan | null;
  integrations: readonly Integration[];
  /** The campaign has no companies yet. */
  isEmpty: boolean;
  /** Why some of it cannot be read. */
  error: Error | null;
}

type Campaign = Pick<Tables<"campaigns">, "workspace_id" | "company_count">;

/** What is cached may be older than the query takes: then it is on its way. */
const isRead = ({ isPending, isFetching }: UseQueryResult) => !isPending && !isFetching;

/**
 * What was chosen, by whom last: the campaign's last run or the user now. What others change meanwhile changes nothing that is
 * chosen here. `list`: of what rows are chosen already; null for the whole campaign.
 */
export function useChoices(campaignId: string, campaign: Campaign | undefined, list: RowList | null) {
  const plan = useQuery(researchPlanOptions(campaignId));
  const usable = useQuery({
    ...integrationsOptions(campaign?.workspace_id ?? ""),
    enabled: campaign !== undefined,
    select: inUse,
  });
  const [beginning, setBeginning] = useState<Beginning | null>(null);
  const [changed, setChoices] = useState<StageChoices | null>(null);
  const [typedCap, setCap] = useState<string | null>(null);
  const [typedSource, setSource] = useState<SourceDraft | null>(null);
  const isEmptyNow = campaign?.company_count === 0;
  if (beginning === null && campaign !== undefined && isRead(plan) && isRead(usable)) {
    setBeginning({
      last: plan.data ?? null,
      integrations: usable.data ?? [],
      isEmpty: isEmptyNow,
      error: plan.error ?? usable.error,
    });
  }
  const unknown: Beginning = { last: null, integrations: [], isEmpty: isEmptyNow, error: null };
  const { last, integrations, isEmpty, error } = beginning ?? unknown;
  return {
    /** The campaign's last choice and the integrations have been read, or cannot be. */
    known: beginning !== null,
    error,
    integrations,
    choices: changed ?? choicesFor(list, firstChoices(last, integrations, isEmpty)),
    setChoices,
    cap: typedCap ?? last?.spend_cap?.toString() ?? "",
    setCap,
    source: typedSource ?? draftOf(last?.source),
    setSource,
  };
}
