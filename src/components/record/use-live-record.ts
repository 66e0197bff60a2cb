import { type QueryKey, useQueryClient } from "@tanstack/react-query";
import { useEffect, useEffectEvent, useRef } from "react";
import { type Paced, paced } from "@/components/data-table/pace";
import type { Change } from "@/lib/changes";
import { useChannel } from "@/lib/realtime";

/** How often, in ms, an open record is read again at most. */
const INTERVAL_MS = 1_000;

/** Reads queries again, at most once in `interval` ms, when a change of the topic (null: of none) concerns them and after every (re)join. */
export function useLiveRecord(
  topic: string | null,
  concerns: (change: Change) => boolean,
  queryKeys: readonly QueryKey[],
  interval = INTERVAL_MS,
): void {
  const client = useQueryClient();
  const reread = useRef<Paced>(null);
  const currentKeys = useEffectEvent(() => queryKeys);
  useEffect(() => {
    const job = paced(async () => {
      await Promise.all(currentKeys().map((queryKey) => client.invalidateQueries({ queryKey })));
    }, interval);
    reread.current = job;
    return () => job.dispose();
  }, [client, interval]);
  useChannel(
    topic,
    (changes) => {
      if (changes.some(concerns)) reread.current?.request();
    },
    () => reread.current?.request(),
  );
}

/** A change of the row with this id, or of so many rows that it may be among them. */
export function changesRow(table: string, id: string) {
  return (change: Change) => change.table === table && (change.ids === null || change.ids.includes(id));
}
