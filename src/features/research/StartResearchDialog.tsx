import { type CompanyFilter, type Progress, type ResearchStage, WEB_STAGES } from "@contracts";
import { useQuery } from "@tanstack/react-query";
import { useId, useState } from "react";
import { type RowScope, useSettled } from "@/components/data-table/settled";
import { STAGE_LABEL } from "@/components/record/job-labels";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { Dialog, DialogContent, DialogFooter } from "@/components/ui/dialog";
import { ErrorAlert } from "@/components/ui/error-alert";
import type { Tables } from "@/database.types";
import { campaignOptions } from "@/features/campaigns/queries";
import { formatCount } from "@/lib/format";
import { EngineBanner } from "./EngineBanner";
import { STAGE_FINDS } from "./labels";
import { engineOptions, useStartResearch } from "./queries";

/** The companies that research is offered for, when not the whole campaign: those shown, or those selected. */
export type ResearchScope = RowScope<CompanyFilter>;

/** All companies of the campaign, also those that come while the run is under way. */
const WHOLE_CAMPAIGN: ResearchScope = { filter: {}, total: null };

type Campaign = Pick<Tables<"campaigns">, "company_count" | "researched_count">;

interface StartResearchDialogProps {
  campaignId: string;
  scope?: ResearchScope | undefined;
  onStarted: (progress: Progress) => void;
  onClose: () => void;
}

interface OptionProps {
  label: string;
  hint: string;
  checked: boolean;
  onChange: (checked: boolean) => void;
}

function Option({ label, hint, checked, onChange }: OptionProps) {
  const id = useId();
  return (
    <div className="flex items-start gap-2.5">
      <Checkbox
        id={id}
        className="mt-0.5"
        checked={checked}
        onCheckedChange={onChange}
        aria-describedby={`${id}-hint`}
      />
      <div className="flex flex-col">
        <label htmlFor={id} className="font-medium text-sm">
          {label}
        </label>
        <span id={`${id}-hint`} className="text-muted-foreground text-sm">
          {hint}
        </span>
      </div>
    </div>
  );
}

/** Which companies the run will cover, in words. */
function scopeText(scope: ResearchScope | undefined, count: number | null, again: boolean): string {
  const companies = count === null ? "The companies" : formatCount(count, "company", "companies");
  if (scope !== undefined)
    return `${companies} ${scope.filter.ids ? "you selected" : "shown with the current filter"}`;
  if (count === null) return `${companies} of this campaign`;
  return again ? `All ${companies} of this campaign` : `${companies} of this campaign not researched yet`;
}

/** How many companies the run will cover; null when not known. */
function scopeCount(scope: ResearchScope | undefined, campaign: Campaign | undefined, again: boolean) {
  if (scope !== undefined) return scope.total;
  if (campaign === undefined) return null;
  return again ? campaign.company_count : Math.max(0, campaign.company_count - campaign.researched_count);
}

/** Why there is nothing to research, and what to do. */
function nothingText(campaign: Campaign | undefined): string {
  return campaign?.company_count === 0
    ? "This campaign has no companies yet: import some first."
    : "Every company of this campaign is researched. To read their websites again, tick the box below.";
}

/** What to research and for which companies. */
export function StartResearchDialog({ campaignId, scope, onStarted, onClose }: StartResearchDialogProps) {
  const { data: campaign } = useQuery(campaignOptions(campaignId));
  const settled = useSettled(scope ?? WHOLE_CAMPAIGN);
  const { data: engine } = useQuery(engineOptions());
  const [stages, setStages] = useState<readonly ResearchStage[]>(WEB_STAGES);
  const [again, setAgain] = useState(false);
  const start = useStartResearch();
  const count = scopeCount(scope && settled.rows, campaign, again);
  const toggle = (stage: ResearchStage, on: boolean) =>
    setStages(WEB_STAGES.filter((known) => (known === stage ? on : stages.includes(known))));
  const submit = () =>
    start.mutate(
      { campaignId, stages: [...stages], filter: settled.rows.filter, again },
      { onSuccess: onStarted },
    );
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()}>
      <DialogContent
        title="Start research"
        description={
          count === 0
            ? nothingText(campaign)
            : `${scopeText(scope, count, again)}. Each company’s own website is read; what you typed or imported is never overwritten.`
        }
      >
        <EngineBanner engine={engine} />
        <fieldset className="flex flex-col gap-3">
          <legend className="mb-2 font-medium text-muted-foreground text-xs">Find out</legend>
          {WEB_STAGES.map((stage) => (
            <Option
              key={stage}
              label={STAGE_LABEL[stage]}
              hint={STAGE_FINDS[stage]}
              checked={stages.includes(stage)}
              onChange={(on) => toggle(stage, on)}
            />
          ))}
        </fieldset>
        <fieldset className="flex flex-col gap-3 border-t pt-4">
          <legend className="sr-only">Companies</legend>
          <Option
            label="Again for those already researched"
            hint="Otherwise they are left out."
            checked={again}
            onChange={setAgain}
          />
        </fieldset>
        <ErrorAlert error={settled.error ?? start.error} />
        <DialogFooter>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            variant="primary"
            pending={start.isPending}
            disabled={stages.length === 0 || count === 0 || !settled.ready}
            onClick={submit}
          >
            Start research
          </Button>
        </DialogFooter>
      </DialogContent>
    </Dialog>
  );
}
