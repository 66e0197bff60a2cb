import type { ImportJob } from "@contracts";
import { useEffect, useEffectEvent } from "react";
import { Button } from "@/components/ui/button";
import { Dialog, DialogContent, DialogFooter } from "@/components/ui/dialog";
import { formatBytes, formatCount } from "@/lib/format";
import { CheckStep } from "./CheckStep";
import { DropZone } from "./DropZone";
import { FileProblem } from "./FileProblem";
import { ImportProgress } from "./ImportProgress";
import { MatchStep } from "./MatchStep";
import { isSending, type RunningImport, useRunningImports } from "./sending/running-imports";
import { type ImportStep, useImportDraft } from "./use-import-draft";

interface ImportDialogProps {
  campaignId: string;
  /** A file to begin with. */
  file: File | null;
  /** An unfinished import to continue: its file has to be chosen again. */
  unfinished: ImportJob | null;
  onClose: () => void;
}

function titleOf(
  step: ImportStep,
  unfinished: ImportJob | null,
  running: RunningImport | undefined,
): { title: string; description: string } {
  switch (step.name) {
    case "file":
      return unfinished
        ? {
            title: "Continue an import",
            description: `Choose “${unfinished.file_name}” again. Rows that are saved are not sent twice.`,
          }
        : {
            title: "Import a file",
            description:
              "Companies, or people and their companies. You check every step before anything is saved.",
          };
    case "match":
      return {
        title: "Match columns",
        description: `“${step.file.name}”, ${formatBytes(step.file.size)}. Say what each column is; the values are from your file.`,
      };
    case "check":
      return {
        title: "Check the rows",
        description: `“${step.file.name}”, ${formatBytes(step.file.size)}. Nothing is saved yet.`,
      };
    case "sending":
      return running?.status === "completed"
        ? { title: "Import finished", description: `“${running.file.fileName}” is in the campaign.` }
        : {
            title: `Importing “${running?.file.fileName ?? "a file"}”`,
            description:
              "You can close this window and work on. The import goes on as long as this tab is open.",
          };
  }
}

function SendingStep({ running, onClose }: { running: RunningImport; onClose: () => void }) {
  const { status } = running;
  return (
    <>
      <ImportProgress running={running} />
      <p role="status" className="sr-only">
        {status === "completed" && `Import finished: ${formatCount(running.processed, "row")}.`}
      </p>
      <DialogFooter>
        <Button variant={status === "completed" ? "primary" : "secondary"} onClick={onClose}>
          {status === "completed" ? "Done" : isSending(running) ? "Work on meanwhile" : "Close"}
        </Button>
      </DialogFooter>
    </>
  );
}

/** From a file to rows in the campaign: choose, match columns, check, send. */
export default function ImportDialog({ campaignId, file, unfinished, onClose }: ImportDialogProps) {
  const draft = useImportDraft(campaignId, unfinished);
  const { step } = draft;
  const running = useRunningImports(({ imports }) =>
    step.name === "sending" ? imports.find(({ key }) => key === step.key) : undefined,
  );
  const { title, description } = titleOf(step, unfinished, running);
  const chooseFirst = useEffectEvent((first: File) => void draft.choose(first));
  useEffect(() => {
    if (file) chooseFirst(file);
  }, [file]);
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()}>
      <DialogContent title={title} description={description} className="max-w-2xl">
        {step.name === "file" && (
          <>
            <DropZone
              title="Drop a CSV file here"
              hint="Commas, semicolons or tabs, in any common encoding. A header helps but is not needed."
              pending={step.opening !== null}
              onFile={(chosen) => void draft.choose(chosen)}
            />
            <FileProblem error={step.error} />
          </>
        )}
        {step.name === "match" && <MatchStep draft={draft} step={step} />}
        {step.name === "check" && <CheckStep draft={draft} step={step} />}
        {running && <SendingStep running={running} onClose={onClose} />}
      </DialogContent>
    </Dialog>
  );
}
