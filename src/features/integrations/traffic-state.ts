import { flag, id, rowNumber, useUrlState } from "@/lib/url-state";
import type { TrafficFilter } from "./delivery-queries";

const params = { integration: id(), problems: flag(), open: rowNumber() };

/** What a page of deliveries or events shows, kept in the URL: which are listed, and which one is open. */
export function useTrafficState() {
  const [{ integration, problems, open }, setState] = useUrlState(params);
  const filter: TrafficFilter = { integrationId: integration, problems: problems === true };
  return {
    filter,
    setFilter: ({ integrationId, problems: only }: TrafficFilter) =>
      setState({ integration: integrationId, problems: only || null }),
    open,
    setOpen: (row: number | null) => setState({ open: row }),
  };
}
