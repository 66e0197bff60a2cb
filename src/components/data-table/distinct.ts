/** The distinct texts among values, sorted, at most `limit`; what a filter offers while typing. */
export function distinct(values: readonly (string | null)[], limit = 50): string[] {
  const found = new Set<string>();
  for (const value of values) if (value !== null && value !== "") found.add(value);
  return [...found].toSorted().slice(0, limit);
}
