import { useEffect } from "react";
import { useLocation, useNavigate, useRouteError } from "react-router-dom";
import { Button } from "@/components/ui/button";
import { ErrorState } from "@/components/ui/error-state";
import { PageHeader } from "@/components/ui/page-header";
import { isChunkError } from "@/lib/errors";

/** What a page inside a frame shows instead of itself when it has thrown or could not be fetched. */
export function RouteError() {
  const error = useRouteError();
  const location = useLocation();
  const navigate = useNavigate();
  useEffect(() => console.error(error), [error]);
  const retry = () => void navigate(location, { replace: true });
  return (
    <ErrorState
      error={error}
      // Code that could not be fetched is only asked for again after a reload.
      {...(!isChunkError(error) && { onRetry: retry })}
      actions={<Button onClick={() => window.location.reload()}>Reload the page</Button>}
      className="flex-1"
    />
  );
}

/** The same for a page that brings its own header. */
export function PageError() {
  return (
    <>
      <PageHeader title="Something went wrong" />
      <RouteError />
    </>
  );
}

/** The same where there is no frame left around it. */
export function RootError() {
  return (
    <main className="flex min-h-dvh flex-col">
      <title>Something went wrong · Aim for Leads</title>
      <h1 className="sr-only">Something went wrong</h1>
      <RouteError />
    </main>
  );
}
