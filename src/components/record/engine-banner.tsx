import type { EngineStatus } from "@contracts";
import { Alert } from "@/components/ui/alert";

/** Says why research cannot run; nothing while it can. */
export function EngineBanner({ engine }: { engine: EngineStatus | undefined }) {
  if (!engine || engine.ready) return null;
  return (
    <Alert variant="warning" title="Research cannot run yet">
      {engine.reason ?? "The research engine is not set up."} What you start now waits and begins by itself
      once it is.
    </Alert>
  );
}
