import { type CompanyFilter, type Progress, type ResearchPlan, WEB_STAGES } from "@contracts";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useSettled } from "@/components/data-table/settled";
import { Button } from "@/components/ui/button";
import { Dialog, DialogContent, DialogFooter } from "@/components/ui/dialog";
import { ErrorAlert } from "@/components/ui/error-alert";
import { Skeleton } from "@/components/ui/skeleton";
import { campaignOptions } from "@/features/campaigns/queries";
import { integrationsOptions, inUse } from "@/features/integrations/queries";
import { useRole } from "@/features/workspaces/queries";
import { can } from "@/lib/roles";
import { readNumber } from "@/lib/typed-number";
import { CostField } from "./CostField";
import { checkCap } from "./cost-words";
import { EngineBanner } from "./EngineBanner";
import { Option } from "./Option";
import { chosenProviders, chosenStages, firstChoices, paidStages, type StageChoices } from "./plan";
import { engineOptions } from "./queries";
import { researchPlanOptions, useStartResearch } from "./run-queries";
import { StageFields } from "./StageFields";
import { nothingText, type ResearchScope, scopeCount, scopeText } from "./scope-words";

/** All companies of the campaign, also those that come while the run is under way. */
const WHOLE_CAMPAIGN: ResearchScope = { filter: {}, total: null };

interface StartResearchDialogProps {
  campaignId: string;
  scope?: ResearchScope | undefined;
  onStarted: (progress: Progress) => void;
  onClose: () => void;
}

/** What was chosen, by whom last: the campaign's last run or the user now. */
function useChoices(last: ResearchPlan | null | undefined, workspaceId: string | undefined) {
  const query = useQuery({
    ...integrationsOptions(workspaceId ?? ""),
    enabled: workspaceId !== undefined,
    select: inUse,
  });
  const [changed, setChoices] = useState<StageChoices | null>(null);
  const [typedCap, setCap] = useState<string | null>(null);
  const integrations = query.data ?? [];
  const known = last !== undefined && (query.data !== undefined || query.isError);
  return {
    /** The campaign's last choice and the integrations have been read, or cannot be. */
    known,
    error: query.error,
    integrations,
    choices: changed ?? firstChoices(last ?? null, integrations),
    setChoices,
    cap: typedCap ?? last?.spend_cap?.toString() ?? "",
    setCap,
  };
}

/** What to research, by whom, for which companies and at what cost. */
export function StartResearchDialog({ campaignId, scope, onStarted, onClose }: StartResearchDialogProps) {
  const { data: campaign } = useQuery(campaignOptions(campaignId));
  const plan = useQuery(researchPlanOptions(campaignId));
  const settled = useSettled(scope ?? WHOLE_CAMPAIGN);
  const { data: engine } = useQuery(engineOptions());
  const { known, error, integrations, choices, setChoices, cap, setCap } = useChoices(
    plan.isError ? null : plan.data,
    campaign?.workspace_id,
  );
  const [again, setAgain] = useState(false);
  const start = useStartResearch();
  const role = useRole();
  const count = scopeCount(scope && settled.rows, campaign, again);
  const stages = chosenStages(choices);
  const paid = paidStages(choices, integrations);
  const readsWebsites = WEB_STAGES.some((stage) => choices[stage].on && choices[stage].provider === null);
  const filter: CompanyFilter = settled.rows.filter;
  const submit = () =>
    start.mutate(
      {
        campaignId,
        stages,
        filter,
        again,
        providers: chosenProviders(choices),
        spendCap: paid.length === 0 || cap.trim() === "" ? null : readNumber(cap),
      },
      { onSuccess: onStarted },
    );
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()}>
      <DialogContent
        title="Start research"
        className={integrations.length > 0 ? "max-w-xl" : undefined}
        description={
          count === 0
            ? nothingText(campaign)
            : `${scopeText(scope, count, again)}. ${readsWebsites ? "Each company’s own website is read; w" : "W"}hat you typed or imported is never overwritten.`
        }
      >
        <EngineBanner engine={engine} />
        {known ? (
          <StageFields
            choices={choices}
            onChange={setChoices}
            integrations={integrations}
            mayAdd={can(role, "manageIntegrations")}
          />
        ) : (
          <Skeleton className="h-40" />
        )}
        {paid.length > 0 && <CostField paid={paid} companies={count} cap={cap} onCap={setCap} />}
        <fieldset className="flex flex-col gap-3 border-t pt-4">
          <legend className="sr-only">Companies</legend>
          <Option
            label="Again for those already researched"
            hint="Otherwise they are left out."
            checked={again}
            onChange={setAgain}
          />
        </fieldset>
        <ErrorAlert error={settled.error ?? start.error ?? plan.error ?? error} />
        <DialogFooter>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            variant="primary"
            pending={start.isPending}
            disabled={
              !known ||
              stages.length === 0 ||
              count === 0 ||
              !settled.ready ||
              (paid.length > 0 && checkCap(cap) !== null)
            }
            onClick={submit}
          >
            Start research
          </Button>
        </DialogFooter>
      </DialogContent>
    </Dialog>
  );
}
