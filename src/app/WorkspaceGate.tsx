import { useQuery } from "@tanstack/react-query";
import { Users } from "lucide-react";
import type { ReactNode } from "react";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorState } from "@/components/ui/error-state";
import { PageHeader } from "@/components/ui/page-header";
import { toastError } from "@/components/ui/toast";
import { signOut } from "@/features/auth/queries";
import { myWorkspacesOptions } from "@/features/workspaces/queries";
import { useUserId } from "@/stores/session";

/** The pages, unless there is no workspace to show them for: then why, and what to do. */
export function WorkspaceGate({ children }: { children: ReactNode }) {
  const { data, error, isFetching, refetch } = useQuery(myWorkspacesOptions(useUserId()));
  if (!data && error) {
    return (
      <>
        <PageHeader title="Your workspace" />
        <ErrorState error={error} onRetry={() => void refetch()} retrying={isFetching} className="flex-1" />
      </>
    );
  }
  if (data?.length === 0) {
    return (
      <>
        <PageHeader title="No workspace" />
        <EmptyState
          icon={Users}
          title="You are in no workspace"
          message="You were taken out of the last one. Ask an owner or an admin to invite you, then reload this page."
          action={<Button onClick={() => void signOut().catch(toastError)}>Sign out</Button>}
          className="flex-1"
        />
      </>
    );
  }
  return children;
}
