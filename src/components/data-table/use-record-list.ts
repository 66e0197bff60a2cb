import { useQueryClient } from "@tanstack/react-query";
import { useMemo } from "react";
import type { Sort } from "./column";
import type { ListRow } from "./pages";
import { type ListScope, type RecordList, scopeId } from "./record-list";
import { type List, useList } from "./use-list";
import { type LiveListState, useLiveList } from "./use-live-list";

/** The records of a campaign or workspace that match, loaded page by page and followed live. */
export function useRecordList<Row extends ListRow, Filter extends object>(
  records: RecordList<Row, Filter>,
  scope: ListScope,
  filter: Filter,
  sort: Sort,
): { data: List<Row>; live: LiveListState } {
  const client = useQueryClient();
  const id = scopeId(scope);
  const ofCampaign = "campaign_id" in scope;
  const live = useMemo(
    () => records.liveSource(client, ofCampaign ? { campaign_id: id } : { workspace_id: id }),
    [records, client, ofCampaign, id],
  );
  const list = records.list(scope, filter, sort);
  const filtered = Object.keys(filter).length > 0;
  return {
    data: useList(list),
    live: useLiveList(`${ofCampaign ? "campaign" : "workspace"}:${id}`, live, {
      list,
      filtered,
      appends: !filtered && sort.by === "created_at" && sort.direction === "asc",
    }),
  };
}
