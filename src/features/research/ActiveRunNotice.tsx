import type { ResearchRun } from "@contracts";
import { Link } from "react-router-dom";
import { Alert } from "@/components/ui/alert";
import { linkClasses } from "@/components/ui/link";

interface ActiveRunNoticeProps {
  run: ResearchRun;
  /** Told when the user goes to the run. */
  onLeave: () => void;
}

/** Says that a campaign's research is under way, so that no more can be started, and leads there. */
export function ActiveRunNotice({ run, onLeave }: ActiveRunNoticeProps) {
  return (
    <Alert
      title={run.status === "paused" ? "Research is paused" : "Research is under way"}
      action={
        <Link to={`/c/${run.campaign_id}/research/${run.id}`} onClick={onLeave} className={linkClasses}>
          Watch it
        </Link>
      }
    >
      More can be started in this campaign once that has ended or is cancelled.
    </Alert>
  );
}
