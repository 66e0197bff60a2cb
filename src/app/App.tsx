import { CSPProvider } from "@base-ui/react/csp-provider";
import { type QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { lazy, StrictMode, Suspense } from "react";
import { RouterProvider } from "react-router-dom";
import type { createAppRouter } from "./router";

const Toaster = lazy(() => import("@/components/ui/toaster"));

interface AppProps {
  queryClient: QueryClient;
  router: ReturnType<typeof createAppRouter>;
}

/** The app with everything it needs around it. */
export function App({ queryClient, router }: AppProps) {
  return (
    <StrictMode>
      <CSPProvider disableStyleElements>
        <QueryClientProvider client={queryClient}>
          <RouterProvider router={router} />
          <Suspense>
            <Toaster />
          </Suspense>
        </QueryClientProvider>
      </CSPProvider>
    </StrictMode>
  );
}
