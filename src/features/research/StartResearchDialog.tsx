import { useQuery } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { useNavigate } from "react-router-dom";
import { useSettled } from "@/components/data-table/settled";
import { EngineBanner } from "@/components/record/engine-banner";
import { Button } from "@/components/ui/button";
import { Dialog, DialogContent, DialogFooter } from "@/components/ui/dialog";
import { ErrorAlert } from "@/components/ui/error-alert";
import { Skeleton } from "@/components/ui/skeleton";
import { toastError, toastSuccess } from "@/components/ui/toast";
import { campaignOptions } from "@/features/campaigns/queries";
import { useRole } from "@/features/workspaces/queries";
import { can } from "@/lib/roles";
import { readNumber } from "@/lib/typed-number";
import { ActiveRunNotice } from "./ActiveRunNotice";
import { CostField } from "./CostField";
import { daysKept, knownText } from "./cache-words";
import { checkCap } from "./cost-words";
import { startedWords } from "./labels";
import { Option } from "./Option";
import {
  chosenProviders,
  chosenStages,
  isAboutCompanies,
  offeredStages,
  paidStages,
  stagesProblem,
} from "./plan";
import { activeRunOptions, engineOptions } from "./queries";
import { useStartResearch } from "./run-queries";
import { SourceFields } from "./SourceFields";
import { SourcePreview } from "./SourcePreview";
import { StageFields } from "./StageFields";
import { choicesToDo, coverText, nothingText, type ResearchScope, scopeCount } from "./scope-words";
import { sourceOf, sourceProblems } from "./source-form";
import { useChoices } from "./use-choices";

/** All companies of the campaign, also those that come while the run is under way. */
const WHOLE_CAMPAIGN: ResearchScope = { list: "companies", filter: {}, total: null };

interface StartResearchDialogProps {
  campaignId: string;
  scope?: ResearchScope | undefined;
  onClose: () => void;
}

/** Whether the caller is on screen, for what comes back later. */
function useIsShown() {
  const isShown = useRef(false);
  useEffect(() => {
    isShown.current = true;
    return () => {
      isShown.current = false;
    };
  }, []);
  return isShown;
}

/** What to research, by whom, for which companies or contacts and at what cost. */
export default function StartResearchDialog({ campaignId, scope, onClose }: StartResearchDialogProps) {
  const navigate = useNavigate();
  const { data: campaign } = useQuery(campaignOptions(campaignId));
  const settled = useSettled(scope ?? WHOLE_CAMPAIGN);
  const { list, filter } = settled.rows;
  const { data: engine } = useQuery(engineOptions());
  const { data: active } = useQuery(activeRunOptions(campaignId));
  const { known, error, integrations, choices, setChoices, cap, setCap, source, setSource } = useChoices(
    campaignId,
    campaign,
    scope?.list ?? null,
  );
  const [again, setAgain] = useState(false);
  const [chosenAfresh, setAfresh] = useState<boolean | null>(null);
  const isShown = useIsShown();
  const isSent = useRef(false); // the second click of two comes before what the first began is drawn
  const start = useStartResearch({
    onStarted(progress) {
      if (isShown.current) onClose();
      const watch = () => void navigate(`/c/${campaignId}/research/${progress.run.id}`);
      const words = startedWords(progress, scope === undefined ? null : count);
      toastSuccess({ ...words, action: { label: "Watch it", onClick: watch } });
    },
    onFailed(error) {
      if (!isShown.current) toastError(error);
    },
  });
  const role = useRole();
  const todo = choicesToDo(choices, scope, campaign, again);
  const stages = chosenStages(todo);
  const { discover, company, contacts } = todo;
  const readsSourceItself = discover.provider === null;
  const count =
    discover.on || (list === "companies" && !stages.some(isAboutCompanies))
      ? null
      : scopeCount(todo, scope && settled.rows, campaign, again);
  const isNothing = count === 0;
  const problem = stagesProblem(todo);
  const paid = paidStages(todo, integrations);
  const kept = daysKept(todo, integrations);
  // Whoever researches the same again mostly wants to know what is new.
  const afresh = kept.length > 0 && (chosenAfresh ?? again);
  // One's own start may be known here before it is answered.
  const otherRun = (!start.isPending && active) || null;
  const readsWebsites = [company, contacts].some(({ on, provider }) => on && provider === null);
  const submit = () => {
    if (isSent.current) return;
    isSent.current = true;
    const run = {
      campaignId,
      stages,
      list,
      filter,
      again,
      afresh,
      providers: chosenProviders(todo),
      spendCap: paid.length === 0 || cap.trim() === "" ? null : readNumber(cap),
      source: discover.on ? sourceOf(source, readsSourceItself) : null,
    };
    const onSettled = () => {
      isSent.current = false;
    };
    start.mutate(run, { onSettled });
  };
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()}>
      <DialogContent
        title="Start research"
        className={integrations.length > 0 || discover.on ? "max-w-xl" : undefined}
        description={
          isNothing
            ? nothingText(campaign)
            : `${todo === choices ? "" : "Every company of this campaign is researched: Company is left out. "}${coverText(todo, scope, count, again)}. ${readsWebsites ? "Each company’s own website is read; w" : "W"}hat you typed or imported is never overwritten.`
        }
      >
        <EngineBanner engine={engine} />
        {otherRun && <ActiveRunNotice run={otherRun} onLeave={onClose} />}
        {known ? (
          <StageFields
            stages={offeredStages(scope?.list ?? null)}
            choices={choices}
            onChange={setChoices}
            integrations={integrations}
            mayAdd={can(role, "manageIntegrations")}
            source={
              <>
                <SourceFields draft={source} onChange={setSource} isWeb={readsSourceItself} />
                {readsSourceItself && <SourcePreview draft={source} />}
              </>
            }
          />
        ) : (
          <Skeleton className="h-40" />
        )}
        {paid.length > 0 && (
          <CostField
            paid={paid}
            covered={{ list, count }}
            cap={cap}
            onCap={setCap}
            reuses={kept.length > 0 && !afresh}
          />
        )}
        <fieldset className="flex flex-col gap-3 border-t pt-4">
          <legend className="sr-only">{list === "contacts" ? "Contacts" : "Companies"}</legend>
          <Option
            label={
              list === "contacts"
                ? "Again for those already enriched or handed on"
                : "Again for those already researched"
            }
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
              otherRun !== null ||
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
