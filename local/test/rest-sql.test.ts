import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { empty, ident, join, sql, trusted } from "../src/db/sql.ts";

const anyText = fc.string({ unit: "grapheme", maxLength: 30 });

describe("sql", () => {
  it("binds values and never writes them into the text", () => {
    fc.assert(
      fc.property(fc.array(anyText, { maxLength: 5 }), (values) => {
        const conditions = values.map((value) => sql`${ident("a")} = ${value}`);
        const { text, values: bound } = sql`select 1 where ${join(conditions, " and ")}`.compile();
        const expected = values.map((_, i) => `"a" = $${i + 1}`).join(" and ");
        expect(text).toBe(`select 1 where ${expected}`);
        expect(bound).toEqual(values);
      }),
    );
  });

  it("quotes any name so that it ends where it should", () => {
    fc.assert(
      fc.property(anyText, (name) => {
        const { text } = ident(name).compile();
        expect(text.startsWith('"') && text.endsWith('"')).toBe(true);
        expect(text.slice(1, -1).replaceAll('""', "")).not.toContain('"');
        expect(text.slice(1, -1).replaceAll('""', '"')).toBe(name);
      }),
    );
  });

  it("joins nothing to nothing", () => {
    expect(join([]).isEmpty).toBe(true);
    expect(sql`${empty}${trusted("")}`.isEmpty).toBe(true);
  });
});
