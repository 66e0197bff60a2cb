import { Button } from "@/components/ui/button";
import { Card, CardContent, CardHeader, CardTitle } from "@/components/ui/card";
import { useUserId } from "@/stores/session";
import { ImportProgress } from "./ImportProgress";
import { dismissImport, isSending, type RunningImport, useRunningImports } from "./sending/running-imports";

/** The imports into a campaign that this tab is sending or was interrupted at, newest first. */
export function useCampaignImports(campaignId: string): RunningImport[] {
  const userId = useUserId();
  const imports = useRunningImports((state) => state.imports);
  return imports.filter(
    ({ file, ownerId, status }) =>
      file.campaignId === campaignId && ownerId === userId && status !== "completed",
  );
}

/** Cards of imports of this tab. */
export function RunningImports({ imports }: { imports: readonly RunningImport[] }) {
  return imports.map((running) => (
    <Card key={running.key}>
      <CardHeader>
        <CardTitle className="truncate">{running.file.fileName}</CardTitle>
        {!isSending(running) && (
          <Button variant="ghost" size="sm" onClick={() => dismissImport(running.key)}>
            Dismiss
          </Button>
        )}
      </CardHeader>
      <CardContent>
        <ImportProgress running={running} />
      </CardContent>
    </Card>
  ));
}
