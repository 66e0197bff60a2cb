import type { ResearchPlan } from "@contracts";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { integrationsOptions, inUse } from "@/features/integrations/queries";
import { firstChoices, type StageChoices, withoutSource } from "./plan";
import { draftOf, type SourceDraft } from "./source-form";

interface Beginning {
  /** How the campaign was researched last; undefined until it is known. */
  last: ResearchPlan | null | undefined;
  workspaceId: string | undefined;
  /** The campaign has no companies yet. */
  isEmpty: boolean;
  /** Companies are chosen already: no source is asked for others. */
  areChosen: boolean;
}

/** What was chosen, by whom last: the campaign's last run or the user now. */
export function useChoices({ last, workspaceId, isEmpty, areChosen }: Beginning) {
  const query = useQuery({
    ...integrationsOptions(workspaceId ?? ""),
    enabled: workspaceId !== undefined,
    select: inUse,
  });
  const [changed, setChoices] = useState<StageChoices | null>(null);
  const [typedCap, setCap] = useState<string | null>(null);
  const [typedSource, setSource] = useState<SourceDraft | null>(null);
  const integrations = query.data ?? [];
  const known = last !== undefined && (query.data !== undefined || query.isError);
  const choices = changed ?? firstChoices(last ?? null, integrations, isEmpty);
  return {
    /** The campaign's last choice and the integrations have been read, or cannot be. */
    known,
    error: query.error,
    integrations,
    choices: areChosen ? withoutSource(choices) : choices,
    setChoices,
    cap: typedCap ?? last?.spend_cap?.toString() ?? "",
    setCap,
    source: typedSource ?? draftOf(last?.source),
    setSource,
  };
}
