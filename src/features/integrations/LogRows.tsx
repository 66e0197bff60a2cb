import { useVirtualizer } from "@tanstack/react-virtual";
import { type ReactNode, type RefObject, useEffect } from "react";
import type { LogEntry } from "./log-queries";

/** Px of an entry with two lines, until it is measured. */
const ENTRY_HEIGHT = 57;
/** Entries from the end where older ones are asked for. */
const FETCH_AHEAD = 10;

interface LogRowsProps<Entry extends LogEntry> {
  /** The box, to be scrolled and focused from outside. */
  box: RefObject<HTMLDivElement | null>;
  entries: readonly Entry[];
  /** What is said when there is nothing. */
  empty: string;
  hasOlder: boolean;
  /** Asks for older entries, unless they are on their way or could not be had. */
  loadOlder: () => void;
  labelledBy: string;
  onOpen: (id: number) => void;
  renderEntry: (entry: Entry) => ReactNode;
}

/** Entries in a box of their own that is scrolled, each as high as it is; only those in sight are drawn. */
export function LogRows<Entry extends LogEntry>(props: LogRowsProps<Entry>) {
  const { box, entries, hasOlder, loadOlder, onOpen } = props;
  const virtualizer = useVirtualizer({
    count: entries.length,
    getScrollElement: () => box.current,
    estimateSize: () => ENTRY_HEIGHT,
    getItemKey: (index) => entries[index]?.id ?? index,
    overscan: 10,
  });
  const items = virtualizer.getVirtualItems();
  const last = items.at(-1)?.index ?? -1;
  useEffect(() => {
    if (hasOlder && last >= entries.length - FETCH_AHEAD) loadOlder();
  }, [hasOlder, last, entries.length, loadOlder]);
  return (
    <div ref={box} tabIndex={-1} className="max-h-[36rem] overflow-y-auto">
      {entries.length === 0 ? (
        <p className="px-4 py-10 text-center text-muted-foreground text-sm">{props.empty}</p>
      ) : (
        <ul
          aria-labelledby={props.labelledBy}
          className="relative"
          style={{ height: virtualizer.getTotalSize() }}
        >
          {items.map(({ index, key, start }) => {
            const entry = entries[index];
            return (
              entry && (
                <li
                  key={key}
                  ref={virtualizer.measureElement}
                  data-index={index}
                  aria-posinset={index + 1}
                  aria-setsize={hasOlder ? -1 : entries.length}
                  className="absolute inset-x-0 top-0 border-b"
                  style={{ transform: `translateY(${start}px)` }}
                >
                  <button
                    type="button"
                    onClick={() => onOpen(entry.id)}
                    className="flex w-full flex-col px-4 py-2.5 text-left text-sm hover:bg-muted"
                  >
                    {props.renderEntry(entry)}
                  </button>
                </li>
              )
            );
          })}
        </ul>
      )}
    </div>
  );
}
