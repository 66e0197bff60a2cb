import { useQuery } from "@tanstack/react-query";
import { RefreshCw } from "lucide-react";
import { type ReactNode, useId } from "react";
import { NavLink, useLocation } from "react-router-dom";
import { Button } from "@/components/ui/button";
import { Card, CardHeader, CardTitle } from "@/components/ui/card";
import { Checkbox } from "@/components/ui/checkbox";
import { Select } from "@/components/ui/select";
import { tabClasses } from "@/components/ui/tabs";
import { BackLink } from "./BackLink";
import type { LogFilter } from "./log-queries";
import { integrationsOptions, useProviderName } from "./queries";

const ALL = "all";

interface LogFrameProps {
  workspaceId: string;
  /** The id of the title, which names the list too. */
  titleId: string;
  title: string;
  /** What the list is, in a line. */
  hint: string;
  /** What the box narrows to. */
  problemsLabel: string;
  filter: LogFilter;
  onFilter: (filter: LogFilter) => void;
  onRefresh: () => void;
  refreshing: boolean;
  /** The list and what opens from it. */
  children: ReactNode;
}

/** The frame around a log: the way back, the other list, and what is listed. */
export function LogFrame(props: LogFrameProps) {
  const { workspaceId, titleId, title, hint, problemsLabel, filter, onFilter } = props;
  const { onRefresh, refreshing, children } = props;
  const { data: integrations = [] } = useQuery(integrationsOptions(workspaceId));
  const { search } = useLocation();
  const kept = new URLSearchParams(search);
  kept.delete("open");
  const box = useId();
  const nameOf = useProviderName(workspaceId);
  // The address may name one that is not known, or not yet.
  const ids = new Set([...integrations.map(({ id }) => id), filter.integrationId]);
  ids.delete("");
  const options = [...ids].map((id) => ({ value: id, label: nameOf(id) }));
  return (
    <>
      <BackLink />
      <nav aria-label="Deliveries" className="-my-2 flex gap-5 border-b">
        <NavLink
          to={{ pathname: "/settings/integrations/deliveries", search: kept.toString() }}
          className={tabClasses}
        >
          Sent
        </NavLink>
        <NavLink
          to={{ pathname: "/settings/integrations/events", search: kept.toString() }}
          className={tabClasses}
        >
          Received
        </NavLink>
      </nav>
      <Card aria-labelledby={titleId}>
        <CardHeader className="flex-wrap items-center">
          <div className="flex min-w-0 flex-1 basis-52 flex-col">
            <CardTitle id={titleId}>{title}</CardTitle>
            <p className="text-muted-foreground text-xs">{hint}</p>
          </div>
          <Button pending={refreshing} onClick={onRefresh}>
            {!refreshing && <RefreshCw />} Refresh
          </Button>
        </CardHeader>
        <div className="flex flex-wrap items-center gap-x-4 gap-y-2 border-b px-4 py-2.5">
          <Select
            aria-label="Integration"
            className="w-56 max-w-full"
            value={filter.integrationId === "" ? ALL : filter.integrationId}
            onValueChange={(value) => onFilter({ ...filter, integrationId: value === ALL ? "" : value })}
            options={[{ value: ALL, label: "All integrations" }, ...options]}
          />
          <span className="flex items-center gap-2">
            <Checkbox
              id={box}
              checked={filter.problems}
              onCheckedChange={(problems) => onFilter({ ...filter, problems })}
            />
            <label htmlFor={box} className="text-sm">
              {problemsLabel}
            </label>
          </span>
        </div>
        {children}
      </Card>
    </>
  );
}
