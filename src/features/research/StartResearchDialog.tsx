import { useQuery } from "@tanstack/react-query";
import { type KeyboardEvent, useEffect, useRef, useState } from "react";
import { useNavigate } from "react-router-dom";
import { useSettled } from "@/components/data-table/settled";
import { EngineBanner } from "@/components/record/engine-banner";
import { Button } from "@/components/ui/button";
import { Dialog, DialogContent, DialogFooter } from "@/components/ui/dialog";
import { ErrorAlert } from "@/components/ui/error-alert";
import { Form } from "@/components/ui/form";
import { Skeleton } from "@/components/ui/skeleton";
import { toastError, toastSuccess } from "@/components/ui/toast";
import { campaignOptions } from "@/features/campaigns/queries";
import { useRole } from "@/features/workspaces/queries";
import { RequestError } from "@/lib/errors";
import { can } from "@/lib/roles";
import { readNumber } from "@/lib/typed-number";
import { ActiveRunNotice } from "./ActiveRunNotice";
import { AgainFields } from "./AgainFields";
import { CostField } from "./CostField";
import { daysKept } from "./cache-words";
import { checkCap } from "./cost-words";
import { startedWords } from "./labels";
import {
  chosenProviders,
  chosenStages,
  isAboutCompanies,
  offeredStages,
  paidStages,
  stagesProblem,
  startsWithContacts,
} from "./plan";
import { activeRunOptions, engineOptions, newestRunOptions } from "./queries";
import { useStartResearch } from "./run-queries";
import { SourceFields } from "./SourceFields";
import { SourcePreview } from "./SourcePreview";
import { StageFields } from "./StageFields";
import {
  choicesToDo,
  coverText,
  isAllDone,
  nothingText,
  type ResearchScope,
  scopeCount,
} from "./scope-words";
import { sourceOf, sourceProblems } from "./source-form";
import { useChoices } from "./use-choices";
import { useFirstFocus } from "./use-first-focus";

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

/** A key that opened the dialog and is still held must start nothing from the checkbox that has the focus then. */
function keepFromStarting(event: KeyboardEvent) {
  const { key, target } = event;
  if (key === "Enter" && target instanceof Element && target.getAttribute("role") === "checkbox")
    event.preventDefault();
}

/** What to research, by whom, for which companies or contacts and at what cost. */
export default function StartResearchDialog({ campaignId, scope, onClose }: StartResearchDialogProps) {
  const navigate = useNavigate();
  const { data: campaign } = useQuery(campaignOptions(campaignId));
  const settled = useSettled(scope ?? WHOLE_CAMPAIGN);
  const { list, filter } = settled.rows;
  const { data: engine } = useQuery(engineOptions());
  const { data: newest } = useQuery(newestRunOptions(campaignId));
  const { data: active } = useQuery(activeRunOptions(campaignId));
  const { known, error, integrations, choices, setChoices, cap, setCap, source, setSource } = useChoices(
    campaignId,
    campaign,
    scope?.list ?? null,
  );
  const [again, setAgain] = useState(false);
  const [chosenAfresh, setAfresh] = useState<boolean | null>(null);
  const isShown = useIsShown();
  const focus = useFirstFocus(known);
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
  // That there was nothing is said until something else is chosen.
  const refusal =
    start.error instanceof RequestError && start.error.code === "nothing_to_research" ? start.error : null;
  const isNothing = count === 0 || (!again && isAllDone(todo, newest, campaign));
  const isOver = isNothing || (refusal !== null && !again && !startsWithContacts(todo));
  const nothing = isOver ? nothingText(list, campaign) : refusal?.message;
  /** What changes a choice. */
  const choosing =
    <Chosen,>(choose: (chosen: Chosen) => void) =>
    (chosen: Chosen) => {
      choose(chosen);
      if (start.isError) start.reset();
    };
  const problem = stagesProblem(todo);
  const paid = paidStages(todo, integrations);
  const kept = daysKept(todo, integrations);
  // Whoever researches the same again mostly wants to know what is new.
  const afresh = kept.length > 0 && (chosenAfresh ?? again);
  // One's own start may be known here before it is answered.
  const otherRun = (!start.isPending && active) || null;
  const readsWebsites = [company, contacts].some(({ on, provider }) => on && provider === null);
  const cannot =
    !known ||
    otherRun !== null ||
    stages.length === 0 ||
    nothing !== undefined ||
    problem !== null ||
    (discover.on && Object.keys(sourceProblems(source, readsSourceItself)).length > 0) ||
    !settled.ready ||
    (paid.length > 0 && checkCap(cap) !== null);
  const submit = () => {
    if (cannot || isSent.current) return;
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
        ref={focus.panel}
        initialFocus={focus.initialFocus}
        className={integrations.length > 0 || discover.on ? "max-w-xl" : undefined}
        description={
          nothing !== undefined
            ? "What you typed or imported is never overwritten."
            : `${todo === choices ? "" : "Every company of this campaign is researched: Company is left out. "}${coverText(todo, scope, count, again)}. ${readsWebsites ? "Each company’s own website is read; w" : "W"}hat you typed or imported is never overwritten.`
        }
      >
        <Form onFormSubmit={submit} onKeyDown={keepFromStarting}>
          <EngineBanner engine={engine} />
          {otherRun && <ActiveRunNotice run={otherRun} onLeave={onClose} />}
          {known ? (
            <div ref={focus.fields}>
              <StageFields
                stages={offeredStages(scope?.list ?? null)}
                choices={choices}
                onChange={choosing(setChoices)}
                integrations={integrations}
                mayAdd={can(role, "manageIntegrations")}
                source={
                  <>
                    <SourceFields draft={source} onChange={setSource} isWeb={readsSourceItself} />
                    {readsSourceItself && <SourcePreview draft={source} />}
                  </>
                }
              />
            </div>
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
          <AgainFields
            list={list}
            again={again}
            onAgain={choosing(setAgain)}
            kept={kept}
            afresh={afresh}
            onAfresh={setAfresh}
          />
          {problem !== null && (
            <p role="alert" className="text-destructive-text text-sm">
              {problem}
            </p>
          )}
          <ErrorAlert error={settled.error ?? (refusal ? error : (start.error ?? error))} />
          <DialogFooter className="items-center max-sm:items-stretch">
            <p role="status" className="min-w-0 flex-1 text-sm max-sm:order-last">
              {nothing}
            </p>
            <Button onClick={onClose}>Cancel</Button>
            <Button
              type="submit"
              variant="primary"
              pending={start.isPending}
              focusableWhenDisabled={start.isPending || refusal !== null}
              disabled={cannot}
            >
              Start research
            </Button>
          </DialogFooter>
        </Form>
      </DialogContent>
    </Dialog>
  );
}
