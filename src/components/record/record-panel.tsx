import type { UseQueryResult } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { Sheet, SheetContent } from "@/components/ui/sheet";
import { PanelBody } from "./panel-body";
import { panelData } from "./panel-data";

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
  const record = panelData(query);
  return (
    <Sheet open={open} onOpenChange={(next) => !next && onClose()}>
      <SheetContent
        title={record?.name ?? noun}
        description={record && summary(record)}
        className="sm:max-w-xl"
      >
        <PanelBody query={query}>{children}</PanelBody>
      </SheetContent>
    </Sheet>
  );
}
