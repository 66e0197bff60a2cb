import { useQueryErrorResetBoundary } from "@tanstack/react-query";
import { useEffect } from "react";
import { isRouteErrorResponse, useNavigate, useRouteError } from "react-router-dom";
import { Button } from "@/components/ui/button";
import { ErrorState } from "@/components/ui/error-state";
import { NotFoundPage } from "./NotFoundPage";

/** What a page shows instead of itself when it has thrown; the shell around it goes on working. */
export function RouteError() {
  const error = useRouteError();
  const navigate = useNavigate();
  const { reset } = useQueryErrorResetBoundary();
  useEffect(() => console.error(error), [error]);
  if (isRouteErrorResponse(error) && error.status === 404) return <NotFoundPage />;
  return (
    <main className="flex flex-1 flex-col items-center justify-center">
      <title>Something went wrong · Aim for Leads</title>
      <ErrorState
        error={error}
        onRetry={() => {
          reset();
          void navigate(".", { replace: true });
        }}
        actions={<Button onClick={() => location.reload()}>Reload the page</Button>}
      />
    </main>
  );
}
