import type { UseQueryResult } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { Sheet, SheetContent } from "@/components/ui/sheet";
import { isNotFound } from "@/lib/errors";
import { PanelBody } from "./panel-body";

interface RecordPanelProps<Item> {
  /** What is said for a title until the record's name is there. */
  noun: string;
  open: boolean;
  onClose: () => void;
  query: UseQueryResult<Item>;
  /** One line below the name. */
  summary: (record: Item) => ReactNode;
  /** Its sections. */
  children: (record: Item) => ReactNode;
}

/** Everything known about one record, beside its list. */
export function RecordPanel<Item extends { name: string }>(props: RecordPanelProps<Item>) {
  const { noun, open, onClose, query, summary, children } = props;
  // One that was deleted meanwhile is not to be looked at as if it were there.
  const record = isNotFound(query.error) ? undefined : query.data;
  return (
    <Sheet open={open} onOpenChange={(next) => !next && onClose()}>
      <SheetContent
        title={record?.name ?? noun}
        description={record && summary(record)}
        className="sm:max-w-xl"
      >
        <PanelBody query={query} data={record}>
          {children}
        </PanelBody>
      </SheetContent>
    </Sheet>
  );
}
