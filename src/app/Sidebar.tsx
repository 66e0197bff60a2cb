import { Building2, PanelLeftClose, PanelLeftOpen, Search, Settings, Target, Users } from "lucide-react";
import { lazy, type ReactNode, Suspense } from "react";
import { NavLink } from "react-router-dom";
import { Button } from "@/components/ui/button";
import { Kbd } from "@/components/ui/kbd";
import { Skeleton } from "@/components/ui/skeleton";
import { cn } from "@/lib/cn";
import { useCommandPalette } from "@/stores/commands";
import { paletteShortcut } from "./palette-shortcut";
import { RecentCampaigns } from "./RecentCampaigns";

// Menus are needed by the first click, not by the first paint.
const UserMenu = lazy(() => import("./UserMenu"));
const WorkspaceSwitcher = lazy(() => import("./WorkspaceSwitcher"));

interface SidebarProps {
  /** Icons only. */
  collapsed?: boolean;
  /** Shows the button that collapses or expands it. */
  onToggle?: () => void;
}

const rowClasses =
  "flex h-8 w-full items-center gap-2 rounded-md px-2 font-medium text-muted-foreground text-sm transition-colors hover:bg-accent hover:text-foreground aria-[current=page]:bg-accent aria-[current=page]:text-foreground [&_svg]:size-4 [&_svg]:shrink-0";

/** Workspace, search, the main places, recent campaigns and the user. */
export function Sidebar({ collapsed = false, onToggle }: SidebarProps) {
  const setOpen = useCommandPalette((state) => state.setOpen);
  return (
    <div className="flex h-full flex-col gap-3 p-2">
      <Suspense fallback={<Skeleton className="h-10" />}>
        <WorkspaceSwitcher collapsed={collapsed} />
      </Suspense>
      <button
        type="button"
        onClick={() => setOpen(true)}
        aria-keyshortcuts="Control+K Meta+K"
        {...(collapsed && { "aria-label": "Search and commands", title: "Search and commands" })}
        className={cn(rowClasses, !collapsed && "border bg-card shadow-xs", collapsed && "justify-center")}
      >
        <Search />
        {!collapsed && (
          <>
            <span className="flex-1 text-left font-normal">Search…</span>
            <Kbd aria-hidden className="border-0 bg-muted pointer-coarse:hidden">
              {paletteShortcut}
            </Kbd>
          </>
        )}
      </button>
      <nav aria-label="Main" className="flex min-h-0 flex-1 flex-col gap-4 overflow-y-auto">
        <ul className="flex flex-col gap-0.5">
          <Place to="/campaigns" icon={<Target />} label="Campaigns" collapsed={collapsed} />
          <Place to="/companies" icon={<Building2 />} label="All companies" collapsed={collapsed} />
          <Place to="/contacts" icon={<Users />} label="All contacts" collapsed={collapsed} />
          <Place to="/settings" icon={<Settings />} label="Settings" collapsed={collapsed} />
        </ul>
        {!collapsed && <RecentCampaigns />}
      </nav>
      <div className={cn("flex items-center gap-1", collapsed && "flex-col")}>
        <Suspense fallback={<Skeleton className="h-9 w-full" />}>
          <UserMenu collapsed={collapsed} />
        </Suspense>
        {onToggle && (
          <Button
            variant="ghost"
            size="icon"
            aria-label={collapsed ? "Expand sidebar" : "Collapse sidebar"}
            title={collapsed ? "Expand sidebar" : "Collapse sidebar"}
            onClick={onToggle}
            className="text-muted-foreground"
          >
            {collapsed ? <PanelLeftOpen /> : <PanelLeftClose />}
          </Button>
        )}
      </div>
    </div>
  );
}

function Place({
  to,
  icon,
  label,
  collapsed,
}: {
  to: string;
  icon: ReactNode;
  label: string;
  collapsed: boolean;
}) {
  return (
    <li>
      <NavLink
        to={to}
        className={cn(rowClasses, collapsed && "justify-center")}
        {...(collapsed && { "aria-label": label, title: label })}
      >
        {icon}
        {!collapsed && label}
      </NavLink>
    </li>
  );
}
