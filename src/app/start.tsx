import type { QueryClient } from "@tanstack/react-query";
import type { Root } from "react-dom/client";
import { useCampaignDialogs } from "@/features/campaigns/dialogs";
import { loadConfig } from "@/lib/config";
import { isNetworkError, isSessionError } from "@/lib/errors";
import { createQueryClient, rereadShown } from "@/lib/query-client";
import { getSupabase, startSupabase } from "@/lib/supabase";
import { useServerReachable } from "@/stores/connection";
import { trackSession, useSession } from "@/stores/session";
import { useTableSelection } from "@/stores/table-selection";
import { startTheme } from "@/stores/theme";
import { App } from "./App";
import { createAppRouter } from "./router";
import { StartError } from "./StartError";

/** Reads the configuration, connects the parts that live outside React and renders the app, or why it cannot start. */
export async function startApp(root: Root): Promise<void> {
  startTheme();
  try {
    startSupabase(await loadConfig());
  } catch (error) {
    root.render(<StartError error={error} />);
    return;
  }
  const queryClient = createQueryClient({
    onError: (error) => reactToError(error, queryClient),
    onSuccess: () => useServerReachable.setState({ reachable: true }),
  });
  getSupabase().auth.onAuthStateChange(trackSession);
  forgetOnUserChange(queryClient);
  root.render(<App queryClient={queryClient} router={createAppRouter()} />);
}

/** A server that refuses fresh tokens must not be asked for ever, in milliseconds. */
const renewAtMostEvery = 30_000;
let renewedAt = Number.NEGATIVE_INFINITY;

function reactToError(error: unknown, queryClient: QueryClient): void {
  if (isNetworkError(error)) useServerReachable.setState({ reachable: false });
  if (!isSessionError(error) || !useSession.getState().user) return;
  if (performance.now() - renewedAt < renewAtMostEvery) return;
  renewedAt = performance.now();
  void renewSession(queryClient);
}

/** Renews the token. If the server refuses that too, the session is over: signing out leads to the sign-in page. */
async function renewSession(queryClient: QueryClient): Promise<void> {
  const { auth } = getSupabase();
  const { error } = await auth.refreshSession();
  if (!error) await rereadShown(queryClient);
  else if (!isNetworkError(error)) await auth.signOut({ scope: "local" });
}

/** Nothing one user has loaded, selected or begun is there for the next. */
function forgetOnUserChange(queryClient: QueryClient): void {
  useSession.subscribe(({ user }, before) => {
    if (!before.user || before.user.id === user?.id) return;
    queryClient.clear();
    useTableSelection.getState().clear();
    useCampaignDialogs.setState(useCampaignDialogs.getInitialState());
  });
}
