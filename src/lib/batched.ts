/**
 * Reads things by id, those that are asked for in one turn together: a list's cells each ask for theirs, and one request answers
 * them. Resolves to undefined for what does not exist.
 */
export function batched<Item>(
  read: (ids: string[]) => Promise<ReadonlyMap<string, Item>>,
): (id: string) => Promise<Item | undefined> {
  let waiting: { ids: Set<string>; answer: Promise<ReadonlyMap<string, Item>> } | undefined;
  return async (id) => {
    if (waiting === undefined) {
      const ids = new Set<string>();
      const answer = new Promise<void>((resolve) => setTimeout(resolve)).then(() => {
        waiting = undefined;
        return read([...ids]);
      });
      waiting = { ids, answer };
    }
    waiting.ids.add(id);
    return (await waiting.answer).get(id);
  };
}
