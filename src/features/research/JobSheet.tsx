import type { Progress, ResearchRun } from "@contracts";
import { useQuery } from "@tanstack/react-query";
import { Link } from "react-router-dom";
import { JOB_STATUS, STAGE_LABEL } from "@/components/record/job-labels";
import { PanelBody } from "@/components/record/panel-body";
import { panelData } from "@/components/record/panel-data";
import { RecordSection } from "@/components/record/record-section";
import { useLiveRecord } from "@/components/record/use-live-record";
import { Badge } from "@/components/ui/badge";
import { linkClasses } from "@/components/ui/link";
import { Sheet, SheetContent } from "@/components/ui/sheet";
import { integrationKeys, useProviderName } from "@/features/integrations/queries";
import { useCurrentWorkspace } from "@/features/workspaces/queries";
import { useLast } from "@/lib/use-last";
import { useNow } from "@/lib/use-now";
import { JobTry } from "./JobTry";
import { type JobStory, jobStoryOptions } from "./job-queries";
import { jobText, triesOf } from "./job-story";
import { subjectLink, subjectName, subjectPath } from "./job-subject";

/** How often, in ms, an open job is read again at most: nobody tells which jobs of a run have changed. */
const INTERVAL_MS = 2_000;

interface JobSheetProps {
  run: ResearchRun;
  providers: Progress["providers"];
  /** How many milliseconds the server's clock is ahead of the one here. */
  clockAhead: number;
  /** The job shown, null while the sheet is closed. */
  jobId: number | null;
  onClose: () => void;
}

/** What happened to one job: how it is doing and every try of it, with request and response. */
export function JobSheet({ run, providers, clockAhead, jobId, onClose }: JobSheetProps) {
  const workspaceId = useCurrentWorkspace()?.id;
  const shown = useLast(jobId);
  const query = useQuery({
    ...jobStoryOptions(workspaceId ?? "", run.id, shown ?? 0),
    enabled: shown !== null && workspaceId !== undefined,
  });
  const story = panelData(query);
  return (
    <Sheet open={jobId !== null} onOpenChange={(open) => !open && onClose()}>
      <SheetContent
        title={story ? subjectName(story.job) : "Job"}
        description={story && STAGE_LABEL[story.job.stage]}
        className="sm:max-w-xl"
      >
        <PanelBody query={query}>
          {(shownStory) => (
            <Story
              story={shownStory}
              workspaceId={workspaceId ?? ""}
              run={run}
              clockAhead={clockAhead}
              provider={providers[shownStory.job.stage] ?? null}
            />
          )}
        </PanelBody>
      </SheetContent>
    </Sheet>
  );
}

interface StoryProps {
  story: JobStory;
  workspaceId: string;
  run: ResearchRun;
  clockAhead: number;
  provider: string | null;
}

function Story({ story, workspaceId, run, clockAhead, provider }: StoryProps) {
  const { job, attempts, awaitedUntil } = story;
  const nameOf = useProviderName(workspaceId);
  useNow(job.status === "queued" ? 1_000 : null); // its next try becomes due
  const tries = triesOf(job, attempts);
  const path = subjectPath(job);
  const { label, variant } = JOB_STATUS[job.status];
  useLiveRecord(
    `run:${run.id}`,
    () => true,
    [jobStoryOptions(workspaceId, run.id, job.id).queryKey, integrationKeys.batches(workspaceId)],
    INTERVAL_MS,
  );
  return (
    <>
      <RecordSection title="State">
        <p className="flex items-start gap-2 text-sm">
          <Badge variant={variant}>{label}</Badge>
          <span role="status" className="min-w-0 break-words">
            {jobText(
              job,
              nameOf(provider),
              awaitedUntil,
              new Date(Date.now() + clockAhead),
              run.status === "paused",
            )}
          </span>
        </p>
        {path !== null && (
          <Link to={path} className={`${linkClasses} mt-2 inline-block text-sm`}>
            {subjectLink(job)}
          </Link>
        )}
      </RecordSection>
      <RecordSection title="Attempts" count={tries.length}>
        {tries.length === 0 ? (
          <p className="text-muted-foreground text-sm">None yet.</p>
        ) : (
          <ol className="flex flex-col">
            {tries.map((one) => (
              <JobTry key={one.key} one={one} workspaceId={workspaceId} isSent={provider !== null} />
            ))}
          </ol>
        )}
      </RecordSection>
    </>
  );
}
