import { RESEARCH_STAGES, type ResearchStage } from "@contracts";
import { useState } from "react";
import { STAGE_LABEL } from "@/components/record/job-labels";
import { Button } from "@/components/ui/button";
import { Card, CardContent, CardHeader, CardTitle } from "@/components/ui/card";
import { ErrorAlert } from "@/components/ui/error-alert";
import { Select } from "@/components/ui/select";
import { useSendTest } from "./function-queries";
import type { Integration } from "./queries";
import { TestResult } from "./TestResult";

const STAGES = RESEARCH_STAGES.map((value) => ({ value, label: STAGE_LABEL[value] }));

interface TestCardProps {
  integration: Integration;
  /** Settings are typed that are not saved: a test would not use them. */
  unsaved: boolean;
}

/** Sends one made-up job and shows the request, the response and how it was understood. */
export function TestCard({ integration, unsaved }: TestCardProps) {
  const [stage, setStage] = useState<ResearchStage>("company");
  const test = useSendTest(integration);
  return (
    <Card aria-labelledby="test">
      <CardHeader>
        <CardTitle id="test">Test</CardTitle>
      </CardHeader>
      <CardContent className="flex flex-col gap-4">
        <p className="text-muted-foreground text-sm">
          Sends one made-up job with the saved settings. Its result is shown here and never stored. The
          service may charge for it as for any other
          {stage === "sync" && ", and adds a made-up contact wherever it adds contacts"}.
        </p>
        <div className="flex flex-wrap items-center gap-2">
          <Select
            aria-label="Stage to test"
            className="w-44"
            options={STAGES}
            value={stage}
            onValueChange={setStage}
          />
          <Button pending={test.isPending} disabled={unsaved} onClick={() => test.mutate({ stage })}>
            Send a test
          </Button>
          {unsaved && !test.isPending && (
            <span className="text-muted-foreground text-sm">Save the changes first</span>
          )}
          {test.isPending && (
            <span role="status" className="text-muted-foreground text-sm">
              Waiting for the answer…
            </span>
          )}
        </div>
        <ErrorAlert error={test.error} />
        {test.data && !test.isPending && <TestResult result={test.data} />}
      </CardContent>
    </Card>
  );
}
