import { NavLink, Outlet, useLocation } from "react-router-dom";
import { PageHeader } from "@/components/ui/page-header";
import { tabClasses } from "@/components/ui/tabs";
import { useCurrentWorkspace } from "@/features/workspaces/queries";

const tabs = [
  { path: "/settings", label: "Account" },
  { path: "/settings/workspace", label: "Workspace" },
  { path: "/settings/members", label: "Members" },
  { path: "/settings/integrations", label: "Integrations" },
];

/** The frame of the settings of the user and of the current workspace. */
export default function SettingsPage() {
  const workspace = useCurrentWorkspace();
  const { pathname } = useLocation();
  // The longest: every address here begins with that of the first tab.
  const open = tabs.findLast(({ path }) => `${pathname}/`.startsWith(`${path}/`));
  return (
    <>
      <PageHeader title="Settings" {...(open && { documentTitle: open.label })}>
        <nav
          aria-label="Settings"
          className="-mb-px flex gap-4 overflow-x-auto overflow-y-hidden px-4 sm:gap-5 sm:px-6"
        >
          {tabs
            .filter(({ path }) => workspace || path === "/settings")
            .map(({ path, label }) => (
              <NavLink key={path} to={path} end={path === "/settings"} className={tabClasses}>
                {label}
              </NavLink>
            ))}
        </nav>
      </PageHeader>
      <div className="mx-auto flex w-full max-w-2xl flex-col gap-5 p-4 sm:p-6">
        <Outlet />
      </div>
    </>
  );
}
