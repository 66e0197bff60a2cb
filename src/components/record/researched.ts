import { customColumns, type ResearchedValues, researchedValues } from "@contracts";

/** A record with what research found (by field) and the columns of its import that have no field. */
export type Researched<Row> = Omit<Row, "research" | "custom"> & {
  research: ResearchedValues;
  custom: Record<string, unknown>;
};

/** Checks the custom columns of a row as the database sends it. */
export function withCustom<Row extends { custom: unknown }>(row: Row) {
  return { ...row, custom: customColumns.parse(row.custom) };
}

/** Checks those two columns of a row as the database sends it. */
export function asResearched<Row extends { research: unknown; custom: unknown }>(row: Row): Researched<Row> {
  return { ...withCustom(row), research: researchedValues.parse(row.research) };
}
