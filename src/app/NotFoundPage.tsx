import { Compass } from "lucide-react";
import { Link } from "react-router-dom";
import { buttonVariants } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";

/** An address that leads nowhere. */
export function NotFoundPage() {
  return (
    <>
      <PageHeader title="Page not found" />
      <EmptyState
        icon={Compass}
        title="There is nothing at this address"
        message="The link may be old or misspelt. Your campaigns are where they were."
        action={
          <Link to="/campaigns" className={buttonVariants({ variant: "primary" })}>
            Go to campaigns
          </Link>
        }
        className="flex-1"
      />
    </>
  );
}
