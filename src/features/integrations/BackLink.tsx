import { ArrowLeft } from "lucide-react";
import { Link } from "react-router-dom";
import { linkClasses } from "@/components/ui/link";

/** The way back to all integrations. */
export function BackLink() {
  return (
    <Link
      to="/settings/integrations"
      className={`${linkClasses} inline-flex items-center gap-1 self-start text-sm`}
    >
      <ArrowLeft aria-hidden className="size-3.5" /> All integrations
    </Link>
  );
}
