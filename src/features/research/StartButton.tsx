import { useQuery } from "@tanstack/react-query";
import { Sparkles } from "lucide-react";
import { useNavigate } from "react-router-dom";
import { Button, type ButtonProps } from "@/components/ui/button";
import { campaignOptions } from "@/features/campaigns/queries";
import { useRole } from "@/features/workspaces/queries";
import { can } from "@/lib/roles";
import { activeRunOptions } from "./queries";

export interface StartButtonProps extends Pick<ButtonProps, "size"> {
  campaignId: string;
  /** For some rows of the campaign, not for all. */
  isScoped?: boolean;
  onStart: () => void;
}

/**
 * Leads to the options of a new run. While one is under way the whole campaign's button leads there instead. Viewers, who
 * cannot start research, do not see it.
 */
export function StartButton({ campaignId, isScoped = false, size, onStart }: StartButtonProps) {
  const navigate = useNavigate();
  const role = useRole();
  const { data: active } = useQuery(activeRunOptions(campaignId));
  const { data: campaign } = useQuery(campaignOptions(campaignId));
  if (!can(role, "research")) return null;
  const watched = isScoped ? null : active;
  // An empty campaign has another first step: the import.
  const look = campaign?.company_count === 0 ? "secondary" : "primary";
  const idle = isScoped ? "Research" : "Start research";
  return (
    <Button
      variant={watched ? "secondary" : look}
      size={size}
      onClick={watched ? () => void navigate(`/c/${campaignId}/research/${watched.id}`) : onStart}
    >
      <Sparkles />
      {watched ? (watched.status === "paused" ? "Research is paused" : "Watch research") : idle}
    </Button>
  );
}
