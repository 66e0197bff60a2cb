import fc from "fast-check";
import { expect, test } from "vitest";
import { isModified, namingView, savedQuery, viewIdOf, withView } from "./view-query";

const columns = { order: ["name", "tags"], visible: { tags: true, email: false }, widths: { name: 300 } };
const param = fc.constantFrom("q", "status", "tag", "sort", "direction", "company", "view", "workspace");
const search = fc
  .array(fc.tuple(param, fc.string({ unit: "grapheme" })))
  .map((pairs) => new URLSearchParams(pairs));

test("an open record, the view's name and the workspace are not saved", () => {
  const address = new URLSearchParams("tag=hot&view=1&company=2&workspace=3&q=a%26b");
  expect(savedQuery(address, ["company"])).toBe("q=a%26b&tag=hot");
});

test("whatever is saved is shown again as it was, and is not modified", () => {
  fc.assert(
    fc.property(search, (address) => {
      const query = savedQuery(address, ["company"]);
      const shown = withView({ id: "v", query });
      expect(viewIdOf(shown)).toBe("v");
      expect(savedQuery(shown, ["company"])).toBe(query);
      expect(isModified({ query, columns }, { query: savedQuery(shown, ["company"]), columns })).toBe(false);
    }),
  );
});

test("another filter, another order of columns and another width are modifications; the order of keys is none", () => {
  const view = { query: "tag=hot&q=a", columns };
  expect(isModified(view, { query: "q=a&tag=hot", columns })).toBe(false);
  expect(isModified(view, { query: "q=a", columns })).toBe(true);
  expect(
    isModified(view, {
      query: "q=a&tag=hot",
      columns: { ...columns, visible: { email: false, tags: true } },
    }),
  ).toBe(false);
  expect(isModified(view, { query: "q=a&tag=hot", columns: { ...columns, order: ["tags", "name"] } })).toBe(
    true,
  );
  expect(isModified(view, { query: "q=a&tag=hot", columns: { ...columns, widths: {} } })).toBe(true);
});

test("a new view names what is shown and changes nothing of it", () => {
  const address = new URLSearchParams("q=a&company=2");
  expect(namingView(address, "v").toString()).toBe("q=a&company=2&view=v");
});
