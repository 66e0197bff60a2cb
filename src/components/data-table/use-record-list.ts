import { useQueryClient } from "@tanstack/react-query";
import { useMemo } from "react";
import type { Sort } from "./column";
import { type List, useList } from "./list-query";
import type { ListRow } from "./pages";
import type { RecordList } from "./record-list";
import { type LiveListState, useLiveList } from "./use-live-list";

/** A campaign's records that match, loaded page by page and followed live. */
export function useRecordList<Row extends ListRow, Filter extends object>(
  records: RecordList<Row, Filter>,
  campaignId: string,
  filter: Filter,
  sort: Sort,
): { data: List<Row>; live: LiveListState } {
  const client = useQueryClient();
  const options = records.listOptions(campaignId, filter, sort);
  const source = useMemo(() => records.liveSource(client, campaignId), [records, client, campaignId]);
  const filtered = Object.keys(filter).length > 0;
  return {
    data: useList(options),
    live: useLiveList(`campaign:${campaignId}`, source, {
      queryKey: options.queryKey,
      filtered,
      appends: !filtered && sort.by === "created_at" && sort.direction === "asc",
      fetchFirst: (size) => records.fetchFirst(campaignId, filter, sort, size),
    }),
  };
}
