import { ChevronRight, Menu } from "lucide-react";
import type { ReactNode } from "react";
import { Link } from "react-router-dom";
import { useLayout } from "@/stores/layout";
import { Button } from "./button";

interface PageHeaderProps {
  /** The page's name: its heading and, with `documentTitle` in front, the browser tab's title. */
  title: string;
  /** Comes before `title` in the browser tab's title only, such as the open tab's name. */
  documentTitle?: string;
  /** The pages above this one, outermost first. */
  breadcrumbs?: readonly { label: string; to: string }[];
  /** Beside the heading, such as a menu. */
  aside?: ReactNode;
  /** Buttons at the right; on a row of their own where there is no room. */
  actions?: ReactNode;
  /** Below the heading row, such as tabs. */
  children?: ReactNode;
}

/** The top of every page: breadcrumbs that end in the heading, actions, and the browser tab's title. */
export function PageHeader({
  title,
  documentTitle,
  breadcrumbs = [],
  aside,
  actions,
  children,
}: PageHeaderProps) {
  const setDrawerOpen = useLayout((state) => state.setDrawerOpen);
  return (
    <header className="sticky top-0 z-20 shrink-0 border-b bg-background">
      <title>{[documentTitle, title, "Aim for Leads"].filter(Boolean).join(" · ")}</title>
      <div className="flex min-h-13 flex-wrap items-center gap-x-3 gap-y-2 px-4 py-2 sm:px-6">
        <div className="flex min-w-0 grow basis-40 items-center gap-1.5">
          <Button
            variant="ghost"
            size="icon"
            aria-label="Open menu"
            className="-ml-2 md:hidden"
            onClick={() => setDrawerOpen(true)}
          >
            <Menu />
          </Button>
          <nav aria-label="Breadcrumb" className="min-w-0">
            <ol className="flex min-w-0 items-center gap-1.5">
              {breadcrumbs.map(({ label, to }) => (
                <li key={to} className="flex shrink-0 items-center gap-1.5 text-muted-foreground">
                  <Link to={to} className="rounded-sm hover:text-foreground">
                    {label}
                  </Link>
                  <ChevronRight aria-hidden className="size-3.5" />
                </li>
              ))}
              <li className="min-w-0">
                <h1 tabIndex={-1} className="truncate font-semibold text-base">
                  {title}
                </h1>
              </li>
            </ol>
          </nav>
          {aside}
        </div>
        {actions && <div className="flex max-w-full flex-wrap items-center gap-2">{actions}</div>}
      </div>
      {children}
    </header>
  );
}
