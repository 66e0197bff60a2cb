import { PanelLeftClose, PanelLeftOpen, Search, Settings, Target } from "lucide-react";
import type { ReactNode } from "react";
import { NavLink } from "react-router-dom";
import { Button } from "@/components/ui/button";
import { Kbd } from "@/components/ui/kbd";
import { Tooltip } from "@/components/ui/tooltip";
import { cn } from "@/lib/cn";
import { useCommandPalette } from "@/stores/commands";
import { paletteShortcut } from "./palette-shortcut";
import { RecentCampaigns } from "./RecentCampaigns";
import { UserMenu } from "./UserMenu";
import { WorkspaceSwitcher } from "./WorkspaceSwitcher";

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
      <WorkspaceSwitcher collapsed={collapsed} />
      <Hint text="Search" show={collapsed}>
        <button
          type="button"
          onClick={() => setOpen(true)}
          aria-label="Search and commands"
          className={cn(rowClasses, !collapsed && "border bg-card shadow-xs", collapsed && "justify-center")}
        >
          <Search />
          {!collapsed && (
            <>
              <span className="flex-1 text-left font-normal">Search…</span>
              <Kbd className="border-0 bg-muted">{paletteShortcut}</Kbd>
            </>
          )}
        </button>
      </Hint>
      <nav aria-label="Main" className="flex min-h-0 flex-1 flex-col gap-4 overflow-y-auto">
        <ul className="flex flex-col gap-0.5">
          <Place to="/campaigns" icon={<Target />} label="Campaigns" collapsed={collapsed} />
          <Place to="/settings" icon={<Settings />} label="Settings" collapsed={collapsed} />
        </ul>
        {!collapsed && <RecentCampaigns />}
      </nav>
      <div className={cn("flex items-center gap-1", collapsed && "flex-col")}>
        <UserMenu collapsed={collapsed} />
        {onToggle && (
          <Tooltip content={collapsed ? "Expand sidebar" : "Collapse sidebar"} side="right">
            <Button
              variant="ghost"
              size="icon"
              aria-label={collapsed ? "Expand sidebar" : "Collapse sidebar"}
              onClick={onToggle}
              className="text-muted-foreground"
            >
              {collapsed ? <PanelLeftOpen /> : <PanelLeftClose />}
            </Button>
          </Tooltip>
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
      <Hint text={label} show={collapsed}>
        <NavLink
          to={to}
          className={cn(rowClasses, collapsed && "justify-center")}
          {...(collapsed && { "aria-label": label })}
        >
          {icon}
          {!collapsed && label}
        </NavLink>
      </Hint>
    </li>
  );
}

function Hint({ text, show, children }: { text: string; show: boolean; children: React.ReactElement }) {
  if (!show) return children;
  return (
    <Tooltip content={text} side="right">
      {children}
    </Tooltip>
  );
}
