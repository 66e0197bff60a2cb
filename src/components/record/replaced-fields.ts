/** The values that an edit of a row replaces: what is put back when it fails. */
export function replacedFields<Row extends object>(row: Row, edit: Partial<Row>): Partial<Row> {
  const before: Partial<Row> = { ...row };
  // The keys of an object of type Row are Row's; `Object.keys` only knows strings.
  for (const field of Object.keys(before) as (keyof Row)[]) if (!(field in edit)) delete before[field];
  return before;
}
