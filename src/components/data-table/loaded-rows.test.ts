import fc from "fast-check";
import { expect, test } from "vitest";
import { createFlattener } from "./loaded-rows";
import { flattenPages } from "./pages";

interface Row {
  id: string;
}

const page = fc
  .array(fc.integer({ min: 0, max: 20 }), { maxLength: 5 })
  .map((ids) => ({ rows: ids.map((id): Row => ({ id: `${id}` })), next_cursor: null }));
const step = fc.oneof(
  fc.record({ to: fc.constant("append" as const), page }),
  fc.record({ to: fc.constant("replace" as const), page, at: fc.nat(5) }),
  fc.record({ to: fc.constant("drop" as const), page }),
);

test("however pages come, change and go, the rows are those of the pages", () => {
  fc.assert(
    fc.property(fc.array(step), (steps) => {
      const flatten = createFlattener<Row>();
      let pages: { rows: Row[]; next_cursor: null }[] = [];
      for (const change of steps) {
        if (change.to === "append") pages = [...pages, change.page];
        else if (change.to === "drop") pages = pages.slice(1);
        else pages = pages.map((known, at) => (at === change.at ? change.page : known));
        expect(flatten(pages)).toEqual(flattenPages(pages));
      }
    }),
  );
});

test("a further page costs its own rows, not those of all pages before it", () => {
  let looks = 0;
  const counted = (id: string) => ({
    get id() {
      looks += 1;
      return id;
    },
  });
  const pages = Array.from({ length: 20 }, (_, at) => ({
    rows: Array.from({ length: 10 }, (__, i) => counted(`${at} ${i}`)),
    next_cursor: null,
  }));
  const flatten = createFlattener<Row>();
  for (let count = 1; count <= pages.length; count += 1) flatten(pages.slice(0, count));
  expect(looks).toBe(2 * 200);
});
