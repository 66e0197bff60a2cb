import fc from "fast-check";
import { expect, test } from "vitest";
import { cutAfter, type NewestPlace, newestFirst, newestPage } from "./newest-first";

/** A query that notes what it is asked for. */
class Notes {
  readonly asked: string[] = [];
  #note(text: string): this {
    this.asked.push(text);
    return this;
  }
  order = (column: string, { ascending }: { ascending: boolean }) =>
    this.#note(`${column} ${ascending ? "up" : "down"}`);
  limit = (count: number) => this.#note(`limit ${count}`);
  or = (filters: string) => this.#note(filters);
}

test("a page is asked for newest first, from the row after the last one, one row longer than it is", () => {
  const place = { id: "b", created_at: "2026-11-01T00:00:00+00:00" };
  expect(cutAfter(newestFirst(new Notes()), place, 20).asked).toEqual([
    "created_at down",
    "id down",
    "limit 21",
    'created_at.lt."2026-11-01T00:00:00+00:00",and(created_at.eq."2026-11-01T00:00:00+00:00",id.lt.b)',
  ]);
  expect(cutAfter(new Notes(), null, 20).asked).toEqual(["limit 21"]);
});

test("page after page brings every row once, and no page is empty but that of an empty list", () => {
  fc.assert(
    fc.property(fc.nat(60), fc.integer({ min: 1, max: 20 }), (count, size) => {
      const all = Array.from({ length: count }, (_, at) => ({ id: String(at), created_at: "2026-11-01" }));
      const seen: NewestPlace[] = [];
      let start = 0;
      for (;;) {
        const { rows, next } = newestPage(all.slice(start, start + size + 1), size);
        seen.push(...rows);
        if (next === null) break;
        expect(rows).toHaveLength(size);
        start = all.findIndex(({ id }) => id === next.id) + 1;
        expect(start).toBeLessThan(count);
      }
      expect(seen).toEqual(all);
    }),
  );
});
