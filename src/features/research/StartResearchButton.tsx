import { lazy, Suspense, useState } from "react";
import { StartButton, type StartButtonProps } from "./StartButton";
import type { ResearchScope } from "./scope-words";

const StartResearchDialog = lazy(() => import("./StartResearchDialog"));

interface StartResearchButtonProps extends Pick<StartButtonProps, "campaignId" | "size"> {
  /** Just these rows; without it the whole campaign. */
  scope?: ResearchScope;
}

/** The button with the options of a new run, which stay open whatever the button says meanwhile. */
export function StartResearchButton({ scope, ...button }: StartResearchButtonProps) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <StartButton {...button} isScoped={scope !== undefined} onStart={() => setOpen(true)} />
      {open && (
        <Suspense>
          <StartResearchDialog campaignId={button.campaignId} scope={scope} onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  );
}
