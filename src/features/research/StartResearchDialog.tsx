import type { CompanyFilter } from "@contracts";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useNavigate } from "react-router-dom";
import { useSettled } from "@/components/data-table/settled";
import { EngineBanner } from "@/components/record/engine-banner";
import { Button } from "@/components/ui/button";
import { Dialog, DialogContent, DialogFooter } from "@/components/ui/dialog";
import { ErrorAlert } from "@/components/ui/error-alert";
import { Skeleton } from "@/components/ui/skeleton";
import { toastSuccess } from "@/components/ui/toast";
import { campaignOptions } from "@/features/campaigns/queries";
import { useRole } from "@/features/workspaces/queries";
import { can } from "@/lib/roles";
import { readNumber } from "@/lib/typed-number";
import { CostField } from "./CostField";
import { daysKept, knownText } from "./cache-words";
import { checkCap } from "./cost-words";
import { startedText } from "./labels";
import { Option } from "./Option";
import {
  chosenProviders,
  chosenStages,
  isAboutCompanies,
  paidStages,
  stagesProblem,
  startsWithContacts,
} from "./plan";
import { engineOptions } from "./queries";
import { useStartResearch } from "./run-queries";
import { SourceFields } from "./SourceFields";
import { StageFields } from "./StageFields";
import { coverText, nothingText, type ResearchScope, scopeCount } from "./scope-words";
import { sourceOf, sourceProblems } from "./source-form";
import { useChoices } from "./use-choices";

/** All companies of the campaign, also those that come while the run is under way. */
const WHOLE_CAMPAIGN: ResearchScope = { filter: {}, total: null };

interface StartResearchDialogProps {
  campaignId: string;
  scope?: ResearchScope | undefined;
  onClose: () => void;
}

/** What to research, by whom, for which companies and at what cost. */
export default function StartResearchDialog({ campaignId, scope, onClose }: StartResearchDialogProps) {
  const navigate = useNavigate();
  const { data: campaign } = useQuery(campaignOptions(campaignId));
  const settled = useSettled(scope ?? WHOLE_CAMPAIGN);
  const { data: engine } = useQuery(engineOptions());
  const { known, error, integrations, choices, setChoices, cap, setCap, source, setSource } = useChoices(
    campaignId,
    campaign,
    scope !== undefined,
  );
  const [again, setAgain] = useState(false);
  const [chosenAfresh, setAfresh] = useState<boolean | null>(null);
  const start = useStartResearch((progress) => {
    onClose();
    const watch = () => void navigate(`/c/${campaignId}/research/${progress.run.id}`);
    toastSuccess({ title: startedText(progress), action: { label: "Watch it", onClick: watch } });
  });
  const role = useRole();
  const stages = chosenStages(choices);
  const { discover, contacts } = choices;
  const readsSourceItself = discover.provider === null;
  const count =
    discover.on || !stages.some(isAboutCompanies)
      ? null
      : scopeCount(choices, scope && settled.rows, campaign, again);
  const isNothing = count === 0 && !startsWithContacts(choices);
  const problem = stagesProblem(choices);
  const paid = paidStages(choices, integrations);
  const kept = daysKept(choices, integrations);
  // Whoever researches the same again mostly wants to know what is new.
  const afresh = kept.length > 0 && (chosenAfresh ?? again);
  const readsWebsites = [choices.company, contacts].some(({ on, provider }) => on && provider === null);
  const filter: CompanyFilter = settled.rows.filter;
  const submit = () =>
    start.mutate({
      campaignId,
      stages,
      filter,
      again,
      afresh,
      providers: chosenProviders(choices),
      spendCap: paid.length === 0 || cap.trim() === "" ? null : readNumber(cap),
      source: discover.on ? sourceOf(source, readsSourceItself) : null,
    });
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()}>
      <DialogContent
        title="Start research"
        className={integrations.length > 0 || discover.on ? "max-w-xl" : undefined}
        description={
          isNothing
            ? nothingText(campaign)
            : `${coverText(choices, scope, count, again)}. ${readsWebsites ? "Each company’s own website is read; w" : "W"}hat you typed or imported is never overwritten.`
        }
      >
        <EngineBanner engine={engine} />
        {known ? (
          <StageFields
            choices={choices}
            onChange={setChoices}
            integrations={integrations}
            mayAdd={can(role, "manageIntegrations")}
            {...(scope === undefined && {
              source: <SourceFields draft={source} onChange={setSource} isWeb={readsSourceItself} />,
            })}
          />
        ) : (
          <Skeleton className="h-40" />
        )}
        {paid.length > 0 && (
          <CostField
            paid={paid}
            companies={count}
            cap={cap}
            onCap={setCap}
            reuses={kept.length > 0 && !afresh}
          />
        )}
        <fieldset className="flex flex-col gap-3 border-t pt-4">
          <legend className="sr-only">Companies</legend>
          <Option
            label="Again for those already researched"
            hint="Otherwise they are left out."
            checked={again}
            onChange={setAgain}
          />
          {kept.length > 0 && (
            <Option label="Ask again for all" hint={knownText(kept)} checked={afresh} onChange={setAfresh} />
          )}
        </fieldset>
        {problem !== null && (
          <p role="alert" className="text-destructive-text text-sm">
            {problem}
          </p>
        )}
        <ErrorAlert error={settled.error ?? start.error ?? error} />
        <DialogFooter>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            variant="primary"
            pending={start.isPending}
            disabled={
              !known ||
              stages.length === 0 ||
              isNothing ||
              problem !== null ||
              (discover.on && Object.keys(sourceProblems(source, readsSourceItself)).length > 0) ||
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
