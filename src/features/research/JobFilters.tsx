import type { ResearchStage } from "@contracts";
import { SearchBox } from "@/components/data-table/search-box";
import { STAGE_LABEL } from "@/components/record/job-labels";
import { Select, type SelectOption } from "@/components/ui/select";
import { SHOWN_JOBS, type ShownJobs } from "./job-filter";

interface JobFiltersProps {
  /** Of the run. */
  stages: readonly ResearchStage[];
  shown: ShownJobs;
  onChange: (change: Partial<ShownJobs>) => void;
}

/** Narrows the jobs of a run: by words of the company or contact, by stage, and by how they are doing. */
export function JobFilters({ stages, shown, onChange }: JobFiltersProps) {
  const offered: SelectOption<ResearchStage | "all">[] = [
    { value: "all", label: "All stages" },
    ...stages.map((value) => ({ value, label: STAGE_LABEL[value] })),
  ];
  return (
    <div className="ml-auto flex flex-wrap gap-2 max-sm:w-full">
      <SearchBox label="Search by name" value={shown.q} onChange={(q) => onChange({ q })} />
      {stages.length > 1 && (
        <Select
          aria-label="Stage of the jobs"
          className="w-40 max-sm:flex-1"
          value={shown.stage ?? "all"}
          onValueChange={(stage) => onChange({ stage: stage === "all" ? null : stage })}
          options={offered}
        />
      )}
      <Select
        aria-label="Which jobs are shown"
        className="w-44 max-sm:flex-1"
        value={shown.jobs}
        // A reason is one of those that failed.
        onValueChange={(jobs) => onChange({ jobs, code: "" })}
        options={SHOWN_JOBS}
      />
    </div>
  );
}
