import type { Integration, ResearchStage } from "@contracts";
import { Fragment, type ReactNode } from "react";
import { Link } from "react-router-dom";
import { STAGE_LABEL } from "@/components/record/job-labels";
import { linkClasses } from "@/components/ui/link";
import { Select } from "@/components/ui/select";
import { STAGE_FINDS } from "./labels";
import { Option } from "./Option";
import { needsIntegration, type StageChoice, type StageChoices } from "./plan";

const WEB = "web";

interface StageFieldsProps {
  /** Those that the run can have. */
  stages: readonly ResearchStage[];
  choices: StageChoices;
  onChange: (choices: StageChoices) => void;
  /** Those that can be chosen. */
  integrations: readonly Integration[];
  /** Whether the user may add integrations. */
  mayAdd: boolean;
  /** What says where companies are to be found, where that is one of the stages. */
  source?: ReactNode;
}

/** What to find out, and who does it. */
export function StageFields({ stages, choices, onChange, integrations, mayAdd, source }: StageFieldsProps) {
  const set = (stage: ResearchStage, change: Partial<StageChoice>) =>
    onChange({ ...choices, [stage]: { ...choices[stage], ...change } });
  return (
    <fieldset className="flex flex-col gap-3">
      <legend className="mb-2 font-medium text-muted-foreground text-xs">Find out</legend>
      {stages.map((stage) => (
        <Fragment key={stage}>
          <StageField
            stage={stage}
            choice={choices[stage]}
            onChange={(change) => set(stage, change)}
            integrations={integrations}
          />
          {stage === "discover" && choices.discover.on && source}
        </Fragment>
      ))}
      <p className="text-muted-foreground text-xs">
        {mayAdd ? (
          <Link to="/settings/integrations" className={linkClasses}>
            {integrations.length === 0 ? "Add n8n, Clay or a webhook" : "Manage integrations"}
          </Link>
        ) : (
          integrations.length === 0 && "Owners and admins add integrations in the settings."
        )}
      </p>
    </fieldset>
  );
}

interface StageFieldProps {
  stage: ResearchStage;
  choice: StageChoice;
  onChange: (change: Partial<StageChoice>) => void;
  integrations: readonly Integration[];
}

function StageField({ stage, choice, onChange, integrations }: StageFieldProps) {
  const names = integrations.map(({ id, name }) => ({ value: id, label: name }));
  const options = needsIntegration(stage) ? names : [{ value: WEB, label: "Web researcher" }, ...names];
  const impossible = options.length === 0;
  return (
    <div className="flex items-start justify-between gap-3 max-sm:flex-col max-sm:gap-2">
      <Option
        label={STAGE_LABEL[stage]}
        hint={impossible ? `${STAGE_FINDS[stage]}. Takes an integration.` : STAGE_FINDS[stage]}
        checked={choice.on}
        disabled={impossible}
        onChange={(on) => onChange({ on })}
      />
      {integrations.length > 0 && (
        <Select
          aria-label={`Who does ${STAGE_LABEL[stage].toLowerCase()}`}
          className="w-44 shrink-0 max-sm:ml-6.5"
          disabled={!choice.on}
          value={choice.provider ?? WEB}
          onValueChange={(value) => onChange({ provider: value === WEB ? null : value })}
          options={options}
        />
      )}
    </div>
  );
}
