import { Download } from "lucide-react";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { DialogFooter } from "@/components/ui/dialog";
import { Progress } from "@/components/ui/progress";
import { formatBytes, formatCount, formatNumber, formatPercent } from "@/lib/format";
import { saveFile } from "@/lib/save-file";
import { rejectedFileName } from "./download-rejected";
import { FileProblem } from "./FileProblem";
import { LineList } from "./LineList";
import type { FileCheck } from "./rows/check-file";
import type { ImportDraft, ImportStep } from "./use-import-draft";

interface CheckResultProps {
  check: FileCheck;
  fileName: string;
  headerRows: number;
}

function CheckResult({ check, fileName, headerRows }: CheckResultProps) {
  const { valid, rejected, notes, rejectedSample, noteSample, rejectedCsv } = check;
  return (
    <>
      {rejected === 0 ? (
        <Alert
          variant="success"
          title={valid === 1 ? "The row can be imported" : `All ${formatCount(valid, "row")} can be imported`}
        />
      ) : (
        <Alert
          variant={valid === 0 ? "destructive" : "warning"}
          title={
            valid === 0
              ? "No row of this file can be imported"
              : `${formatCount(valid, "row")} can be imported, ${formatNumber(rejected)} cannot`
          }
        >
          {valid === 0
            ? "See why below. Go back and correct the columns, or correct the file and choose it again."
            : rejected === 1
              ? "That one is left out. You can download it with its reason, correct it and import it later."
              : "The others are left out. You can download them with their reasons, correct them and import them later."}
        </Alert>
      )}
      {rejected > 0 && (
        <LineList
          title="Why it does not fit"
          lines={rejectedSample.map(({ row, reason, raw }) => ({ row, text: reason, cells: raw }))}
          total={rejected}
          groups={check.rejectedGroups}
          headerRows={headerRows}
        />
      )}
      {rejectedCsv && (
        <Button className="self-start" onClick={() => saveFile(rejectedCsv, rejectedFileName(fileName))}>
          <Download />
          Download {formatCount(rejected, "rejected row")}
        </Button>
      )}
      {notes > 0 && (
        <LineList
          title={`Imported, with ${formatCount(notes, "value")} kept apart`}
          lines={noteSample.map(({ row, note }) => ({ row, text: note }))}
          total={notes}
          groups={check.noteGroups}
          headerRows={headerRows}
        />
      )}
    </>
  );
}

interface CheckStepProps {
  draft: ImportDraft;
  step: ImportStep & { name: "check" };
}

/** Reads the whole file before anything is sent: how many rows fit, which do not and why. */
export function CheckStep({ draft, step }: CheckStepProps) {
  const { file, bytes, rows, check, error } = step;
  return (
    <>
      {check === null && error === null && (
        <div className="flex flex-col gap-2 py-4">
          <Progress
            value={bytes}
            max={file.size}
            label="Checking the file"
            valueText={formatCount(rows, "row")}
          />
          <p className="flex justify-between text-muted-foreground text-sm tabular-nums">
            <span>{formatCount(rows, "row")} checked</span>
            <span>
              {formatPercent(bytes, file.size)} of {formatBytes(file.size)}
            </span>
          </p>
        </div>
      )}
      <FileProblem error={error} />
      {check && <CheckResult check={check} fileName={file.name} headerRows={step.headerRows} />}
      <DialogFooter>
        <Button onClick={draft.back}>Back</Button>
        <Button variant="primary" onClick={draft.send} disabled={!check || check.valid === 0}>
          {check && check.valid > 0 ? `Import ${formatCount(check.valid, "row")}` : "Import"}
        </Button>
      </DialogFooter>
    </>
  );
}
