import { LogOut, Settings } from "lucide-react";
import { Link } from "react-router-dom";
import { Avatar } from "@/components/ui/avatar";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuLabel,
  DropdownMenuLinkItem,
  DropdownMenuRadioGroup,
  DropdownMenuRadioItem,
  DropdownMenuSeparator,
  DropdownMenuTrigger,
} from "@/components/ui/dropdown-menu";
import { themes } from "@/components/ui/themes";
import { toastError } from "@/components/ui/toast";
import { signOut } from "@/features/auth/queries";
import { cn } from "@/lib/cn";
import { useSession } from "@/stores/session";
import { useTheme } from "@/stores/theme";

/** The signed-in user: theme, settings, sign out. */
export default function UserMenu({ collapsed }: { collapsed: boolean }) {
  const email = useSession((state) => state.user?.email) ?? "";
  const { theme, setTheme } = useTheme();
  return (
    <DropdownMenu>
      <DropdownMenuTrigger
        className={cn(
          "flex h-9 min-w-0 flex-1 items-center gap-2 rounded-md px-2 text-left text-sm transition-colors hover:bg-accent data-popup-open:bg-accent",
          collapsed && "w-full flex-none justify-center px-0",
        )}
      >
        <Avatar name={email} className="rounded-full" />
        <span className="sr-only">Account:</span>
        <span className={collapsed ? "sr-only" : "min-w-0 flex-1 truncate"}>{email}</span>
      </DropdownMenuTrigger>
      <DropdownMenuContent side="top" className="w-56">
        <DropdownMenuRadioGroup value={theme} onValueChange={setTheme}>
          <DropdownMenuLabel>Theme</DropdownMenuLabel>
          {themes.map(({ value, label, icon: Icon }) => (
            <DropdownMenuRadioItem key={value} value={value}>
              <Icon /> {label}
            </DropdownMenuRadioItem>
          ))}
        </DropdownMenuRadioGroup>
        <DropdownMenuSeparator />
        <DropdownMenuLinkItem render={<Link to="/settings" />}>
          <Settings /> Settings
        </DropdownMenuLinkItem>
        <DropdownMenuItem onClick={() => void signOut().catch(toastError)}>
          <LogOut /> Sign out
        </DropdownMenuItem>
      </DropdownMenuContent>
    </DropdownMenu>
  );
}
