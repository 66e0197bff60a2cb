import { Building2, Keyboard, LogOut, Plug, Plus, Settings, Target, Users } from "lucide-react";
import { useEffect, useMemo } from "react";
import { useNavigate } from "react-router-dom";
import { themes } from "@/components/ui/themes";
import { toastError } from "@/components/ui/toast";
import { signOut } from "@/features/auth/queries";
import { useCampaignDialogs } from "@/features/campaigns/dialogs";
import { useRole } from "@/features/workspaces/queries";
import { can } from "@/lib/roles";
import { isTyping } from "@/lib/typing";
import { type Command, useCommandPalette, useCommands } from "@/stores/commands";
import { useShortcutsHelp } from "@/stores/shortcuts-help";
import { useTheme } from "@/stores/theme";

/** Registers the commands that work on every page, Ctrl-K or ⌘K for the palette, and ? for what the keys do. */
export function useAppCommands(): void {
  const navigate = useNavigate();
  const mayCreate = can(useRole(), "createCampaign");
  const commands = useMemo<Command[]>(
    () => [
      ...(mayCreate
        ? [
            {
              id: "new-campaign",
              label: "New campaign",
              group: "Create",
              icon: Plus,
              keywords: "add list",
              run: () => useCampaignDialogs.getState().setCreating(true),
            },
          ]
        : []),
      {
        id: "campaigns",
        label: "Campaigns",
        group: "Go to",
        icon: Target,
        run: () => void navigate("/campaigns"),
      },
      {
        id: "all-companies",
        label: "All companies",
        group: "Go to",
        icon: Building2,
        run: () => void navigate("/companies"),
      },
      {
        id: "all-contacts",
        label: "All contacts",
        group: "Go to",
        icon: Users,
        keywords: "people",
        run: () => void navigate("/contacts"),
      },
      {
        id: "settings",
        label: "Settings",
        group: "Go to",
        icon: Settings,
        keywords: "profile members workspace",
        run: () => void navigate("/settings"),
      },
      {
        id: "integrations",
        label: "Integrations",
        group: "Go to",
        icon: Plug,
        keywords: "settings n8n clay webhook deliveries",
        run: () => void navigate("/settings/integrations"),
      },
      {
        id: "keys",
        label: "Keyboard shortcuts",
        group: "Help",
        icon: Keyboard,
        keywords: "keys hotkeys help ?",
        run: () => useShortcutsHelp.getState().setOpen(true),
      },
      ...themes.map(({ value, label, icon }) => ({
        id: `theme-${value}`,
        label: `${label} theme`,
        group: "Appearance",
        icon,
        keywords: "mode",
        run: () => useTheme.getState().setTheme(value),
      })),
      {
        id: "sign-out",
        label: "Sign out",
        group: "Account",
        icon: LogOut,
        keywords: "log out leave",
        run: () => void signOut().catch(toastError),
      },
    ],
    [navigate, mayCreate],
  );
  useCommands(commands);

  useEffect(() => {
    const toggle = (event: KeyboardEvent) => {
      if (event.key === "?" && !isTyping(event.target) && !event.ctrlKey && !event.metaKey) {
        useShortcutsHelp.getState().setOpen(true);
        return;
      }
      if (
        event.key.toLowerCase() !== "k" ||
        !(event.ctrlKey || event.metaKey) ||
        event.altKey ||
        event.shiftKey
      )
        return;
      event.preventDefault();
      const { open, setOpen } = useCommandPalette.getState();
      setOpen(!open);
    };
    addEventListener("keydown", toggle);
    return () => removeEventListener("keydown", toggle);
  }, []);
}
