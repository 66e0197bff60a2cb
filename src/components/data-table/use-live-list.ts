import type { ListTotal } from "@contracts";
import { useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useEffectEvent, useRef, useState } from "react";
import { toastError } from "@/components/ui/toast";
import { useChannel } from "@/lib/realtime";
import { useServerReachable } from "@/stores/connection";
import { readInto } from "./list-edits";
import { readFirst, totalOf } from "./list-query";
import { createLiveList, type LiveList, type LiveSource, type LiveView } from "./live-list";
import { type ListPage, type ListRow, onlyFirstPage } from "./pages";

export interface LiveListState {
  /** Rows on the server that the list does not show yet. */
  newRows: number;
  /** Reads the list again from the top. */
  showNew: () => void;
  showingNew: boolean;
  /** Counts up with every `showNew`: the table goes to the top with it. */
  generation: number;
  /** The list could not follow the server the last time. */
  behind: boolean;
  /** Give it to the table: rows on screen are kept fresh. */
  onVisibleChange: (ids: string[]) => void;
}

/** Lets a list follow the `changes` of a realtime topic; `source` must be the same object while the topic is. */
export function useLiveList<Row extends ListRow>(
  topic: string,
  source: LiveSource<Row>,
  view: LiveView<Row>,
): LiveListState {
  const client = useQueryClient();
  const live = useRef<LiveList>(null);
  const visible = useRef<string[]>([]);
  const [newRows, setNewRows] = useState(0);
  const [behind, setBehind] = useState(false);
  const [showingNew, setShowingNew] = useState(false);
  const [generation, setGeneration] = useState(0);
  const currentView = useEffectEvent(() => view);

  useEffect(() => {
    const list = createLiveList<Row>({
      ...source,
      client,
      view: () => currentView(),
      onNewRows: setNewRows,
      onBehind: setBehind,
    });
    live.current = list;
    list.show(visible.current);
    return () => list.dispose();
  }, [client, source]);

  useChannel(
    topic,
    (changes) => live.current?.changed(changes),
    () => live.current?.missed(),
  );

  useEffect(
    () =>
      useServerReachable.subscribe(({ reachable }, before) => {
        if (reachable && !before.reachable) live.current?.missed();
      }),
    [],
  );

  const viewKey = JSON.stringify(view.list.queryKey);
  const shownKey = useRef(viewKey);
  useEffect(() => {
    if (shownKey.current === viewKey) return;
    shownKey.current = viewKey;
    setNewRows(0);
    // A list that was cached while another was on screen may have missed rows.
    live.current?.changed([{ table: source.table, operation: "insert", ids: null }]);
  }, [viewKey, source]);

  const onVisibleChange = useCallback((ids: string[]) => {
    visible.current = ids;
    live.current?.show(ids);
  }, []);

  async function showNew() {
    setShowingNew(true);
    try {
      const { list } = view;
      const page = await readInto<Row, ListPage<Row>>(
        client,
        list.queryKey,
        () => readFirst(list),
        (_replaced, first) => onlyFirstPage(first),
      );
      const total = totalOf(page) ?? (await list.fetchTotal(new AbortController().signal));
      client.setQueryData<ListTotal>(list.totalKey, total);
      setNewRows(0);
      setGeneration((count) => count + 1);
    } catch (error) {
      toastError(error);
    } finally {
      setShowingNew(false);
    }
  }

  return { newRows, behind, showingNew, generation, onVisibleChange, showNew: () => void showNew() };
}
