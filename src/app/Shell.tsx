import { lazy, Suspense, useEffect, useRef } from "react";
import { Outlet, useNavigation } from "react-router-dom";
import { IntegrationSourceContext } from "@/components/record/integration-source";
import { Lazily } from "@/components/ui/lazily";
import { useCampaignDialogs } from "@/features/campaigns/dialogs";
import { useLiveCampaigns } from "@/features/campaigns/live";
import { useLiveWorkspaces } from "@/features/workspaces/live";
import { useCurrentWorkspace } from "@/features/workspaces/queries";
import { WorkspaceChannels } from "@/features/workspaces/WorkspaceChannels";
import { cn } from "@/lib/cn";
import { useCommandPalette } from "@/stores/commands";
import { useLayout } from "@/stores/layout";
import { useUserId } from "@/stores/session";
import { useShortcutsHelp } from "@/stores/shortcuts-help";
import { ConnectionBanner } from "./ConnectionBanner";
import { Sidebar } from "./Sidebar";
import { useAppCommands } from "./use-app-commands";
import { useDepartureNotice } from "./use-departure-notice";
import { usePageChanges } from "./use-page-changes";
import { usePaletteKeys } from "./use-palette-keys";
import { useWorkspaceAddress } from "./use-workspace-address";
import { WorkspaceGate } from "./WorkspaceGate";

const loadPalette = () => import("./CommandPalette");
const CommandPalette = lazy(loadPalette);
const ShortcutsDialog = lazy(() => import("./ShortcutsDialog"));
const Tasks = lazy(() => import("@/features/tasks/Tasks"));
const SidebarDrawer = lazy(() => import("./SidebarDrawer"));
const CreateCampaignDialog = lazy(() => import("@/features/campaigns/CreateCampaignDialog"));
const IntegrationSource = lazy(() => import("@/features/integrations/IntegrationSource"));
const ArchiveCampaignDialog = lazy(() => import("@/features/campaigns/ArchiveCampaignDialog"));

/** Fetches the palette once the page is at rest, in milliseconds after it is drawn, so that it opens at once. */
const paletteAfter = 1_000;

/** The frame of every page behind sign-in, which follows the current workspace. */
export function Shell() {
  const workspaceId = useCurrentWorkspace()?.id;
  return (
    <WorkspaceChannels workspaceId={workspaceId}>
      <Frame workspaceId={workspaceId} />
    </WorkspaceChannels>
  );
}

/** Sidebar (a drawer on narrow screens), connection banner, the page. */
function Frame({ workspaceId }: { workspaceId: string | undefined }) {
  const main = useRef<HTMLElement>(null);
  const loading = useNavigation().state === "loading";
  const { collapsed, toggleCollapsed, drawerOpen } = useLayout();
  const paletteOpen = useCommandPalette((state) => state.open);
  const helpOpen = useShortcutsHelp((state) => state.open);
  const creatingCampaign = useCampaignDialogs((state) => state.creating);
  const archivedCampaign = useCampaignDialogs((state) => state.archiving);
  useLiveWorkspaces(useUserId(), workspaceId);
  useLiveCampaigns(workspaceId);
  useWorkspaceAddress();
  useDepartureNotice();
  useAppCommands();
  usePaletteKeys();
  usePageChanges(main);
  useEffect(() => {
    // Opening the palette tries again.
    const timer = setTimeout(() => void loadPalette().catch(console.warn), paletteAfter);
    return () => clearTimeout(timer);
  }, []);

  return (
    <div className="flex h-dvh overflow-hidden">
      <a
        href="#main"
        className="fixed top-2 left-2 z-60 -translate-y-16 rounded-md bg-primary px-3 py-2 font-medium text-primary-foreground text-sm focus:translate-y-0"
      >
        Skip to content
      </a>
      <aside
        aria-label="Sidebar"
        className={cn("shrink-0 border-r bg-sidebar max-md:hidden", collapsed ? "w-13" : "w-60")}
      >
        <Sidebar collapsed={collapsed} onToggle={toggleCollapsed} />
      </aside>
      <Lazily when={drawerOpen}>
        <SidebarDrawer />
      </Lazily>
      <div className="relative flex min-w-0 flex-1 flex-col">
        {loading && <div className="absolute inset-x-0 top-0 z-30 h-0.5 animate-pulse bg-primary" />}
        <ConnectionBanner />
        <main
          ref={main}
          id="main"
          tabIndex={-1}
          className="flex min-h-0 flex-1 flex-col overflow-y-auto outline-none"
        >
          <WorkspaceGate>
            <IntegrationSourceContext value={IntegrationSource}>
              <Outlet />
            </IntegrationSourceContext>
          </WorkspaceGate>
        </main>
        <Suspense>
          <Tasks />
        </Suspense>
      </div>
      <Lazily when={paletteOpen}>
        <CommandPalette />
      </Lazily>
      <Lazily when={helpOpen}>
        <ShortcutsDialog />
      </Lazily>
      <Lazily when={creatingCampaign && workspaceId !== undefined}>
        {workspaceId && <CreateCampaignDialog workspaceId={workspaceId} />}
      </Lazily>
      <Lazily when={archivedCampaign !== null}>
        {archivedCampaign && <ArchiveCampaignDialog campaign={archivedCampaign} />}
      </Lazily>
    </div>
  );
}
