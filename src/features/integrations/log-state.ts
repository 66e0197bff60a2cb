import { flag, id, rowNumber, useUrlState } from "@/lib/url-state";
import type { LogFilter } from "./log-queries";

const params = { integration: id(), problems: flag(), open: rowNumber() };

/** What the page of a log shows, kept in the URL: which are listed, and which one is open. */
export function useLogState() {
  const [{ integration, problems, open }, setState] = useUrlState(params);
  const filter: LogFilter = { integrationId: integration, problems: problems === true };
  return {
    filter,
    setFilter: ({ integrationId, problems: only }: LogFilter) =>
      setState({ integration: integrationId, problems: only || null }),
    open,
    setOpen: (row: number | null) => setState({ open: row }, { push: row !== null }),
  };
}
