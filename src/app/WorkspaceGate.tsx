import { useQuery } from "@tanstack/react-query";
import { Users } from "lucide-react";
import { lazy, type ReactNode, Suspense, useState } from "react";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorState } from "@/components/ui/error-state";
import { Lazily } from "@/components/ui/lazily";
import { PageHeader } from "@/components/ui/page-header";
import { toastError } from "@/components/ui/toast";
import { signOut } from "@/features/auth/queries";
import { myWorkspacesOptions } from "@/features/workspaces/queries";
import { useUserId } from "@/stores/session";

// Few users ever see these.
const CreateWorkspaceDialog = lazy(() => import("@/features/members/CreateWorkspaceDialog"));
const MyInvites = lazy(async () => ({ default: (await import("@/features/invites/MyInvites")).MyInvites }));

/** The pages, unless there is no workspace to show them for: then why, and what to do. */
export function WorkspaceGate({ children }: { children: ReactNode }) {
  const [creating, setCreating] = useState(false);
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
          message="Make one of your own, or ask an owner or an admin to invite you."
          action={
            <>
              <Button variant="primary" onClick={() => setCreating(true)}>
                New workspace
              </Button>
              <Button onClick={() => void signOut().catch(toastError)}>Sign out</Button>
            </>
          }
          className="flex-1"
        />
        <Suspense>
          <div className="mx-auto w-full max-w-2xl p-4">
            <MyInvites />
          </div>
        </Suspense>
        <Lazily when={creating}>
          <CreateWorkspaceDialog open={creating} onOpenChange={setCreating} />
        </Lazily>
      </>
    );
  }
  return children;
}
