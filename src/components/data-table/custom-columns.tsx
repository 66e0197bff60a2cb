import { useMemo, useState } from "react";
import { valueText } from "@/components/record/provenance";
import { useColumnSettings } from "@/stores/table-columns";
import { TextCell } from "./cells";
import type { Column } from "./column";
import { type CustomRow, createCustomNames, customId } from "./custom-names";

const WIDTH = 180;

/**
 * A list's columns and behind them the custom ones that it offers (what an imported file or research said that has no field of its
 * own), hidden until the user shows them.
 */
export function useCustomColumns<Row extends CustomRow>(
  list: string,
  columns: readonly Column<Row>[],
  rows: readonly Row[],
): Column<Row>[] {
  const { visible } = useColumnSettings(list);
  const [namesOf] = useState(createCustomNames);
  const names = useMemo(() => namesOf(rows, visible), [namesOf, rows, visible]);
  return useMemo(() => withCustomColumns(columns, names), [columns, names]);
}

function withCustomColumns<Row extends CustomRow>(
  columns: readonly Column<Row>[],
  names: readonly string[],
): Column<Row>[] {
  const taken = new Set(columns.map(({ header }) => header.toLowerCase()));
  const custom = names.map(
    (name): Column<Row> => ({
      id: customId(name),
      header: taken.has(name.trim().toLowerCase()) ? `${name} (custom)` : name.trim() || "Without a name",
      width: WIDTH,
      hidden: true,
      cell: (row) => <TextCell text={cellText(row, name)} />,
    }),
  );
  return [...columns, ...custom];
}

function cellText({ custom }: CustomRow, name: string): string | null {
  // A column may be called like a part of every object.
  return (Object.hasOwn(custom, name) && valueText(custom[name])) || null;
}
