import { useQuery } from "@tanstack/react-query";
import { Sparkles } from "lucide-react";
import { lazy, Suspense, useState } from "react";
import { useNavigate } from "react-router-dom";
import { Button, type ButtonProps } from "@/components/ui/button";
import { toastSuccess } from "@/components/ui/toast";
import { campaignOptions } from "@/features/campaigns/queries";
import { useRole } from "@/features/workspaces/queries";
import { can } from "@/lib/roles";
import { startedText } from "./labels";
import { activeRunOptions } from "./queries";
import type { ResearchScope } from "./scope-words";

const StartResearchDialog = lazy(async () => ({
  default: (await import("./StartResearchDialog")).StartResearchDialog,
}));

interface StartResearchButtonProps {
  campaignId: string;
  /** Just these companies; without it the whole campaign. */
  scope?: ResearchScope;
  variant?: ButtonProps["variant"];
  size?: ButtonProps["size"];
}

/**
 * Opens the options of a new run. While one is under way the whole campaign's button leads there instead. Viewers, who
 * cannot start research, do not see it.
 */
export function StartResearchButton({ campaignId, scope, variant, size }: StartResearchButtonProps) {
  const [open, setOpen] = useState(false);
  const navigate = useNavigate();
  const role = useRole();
  const { data: active } = useQuery(activeRunOptions(campaignId));
  const { data: campaign } = useQuery(campaignOptions(campaignId));
  if (!can(role, "research")) return null;
  // An empty campaign has another first step: the import.
  const look = variant ?? (campaign?.company_count === 0 ? "secondary" : "primary");
  const watch = (runId: string) => void navigate(`/c/${campaignId}/research/${runId}`);
  if (active && !scope) {
    return (
      <Button variant="secondary" size={size} onClick={() => watch(active.id)}>
        <Sparkles />
        {active.status === "paused" ? "Research is paused" : "Watch research"}
      </Button>
    );
  }
  return (
    <>
      <Button variant={look} size={size} onClick={() => setOpen(true)}>
        <Sparkles />
        {scope ? "Research" : "Start research"}
      </Button>
      {open && (
        <Suspense>
          <StartResearchDialog
            campaignId={campaignId}
            scope={scope}
            onClose={() => setOpen(false)}
            onStarted={(progress) => {
              setOpen(false);
              toastSuccess({
                title: startedText(progress),
                action: { label: "Watch it", onClick: () => watch(progress.run.id) },
              });
            }}
          />
        </Suspense>
      )}
    </>
  );
}
