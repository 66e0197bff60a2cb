/**
 * What a row holds in the fields that an edit names: what is put back when the edit fails, and what is taken from the answer when
 * it worked, since another field may be in the middle of an edit of its own.
 */
export function editedFields<Row extends object>(row: Row, edit: Partial<Row>): Partial<Row> {
  const edited: Partial<Row> = { ...row };
  // The keys of an object of type Row are Row's; `Object.keys` only knows strings.
  for (const field of Object.keys(edited) as (keyof Row)[]) if (!(field in edit)) delete edited[field];
  return edited;
}
