import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { RestError } from "../src/rest/errors.ts";
import { parseAccept, parsePrefer, parseRange } from "../src/rest/headers.ts";
import { parseGroup, parseList, parseOrder, parseTest } from "../src/rest/parse-filter.ts";
import { parseSelect } from "../src/rest/parse-select.ts";
import { parseUrl } from "../src/rest/parse-url.ts";
import { readPayload } from "../src/rest/payload.ts";
import { originsOf } from "../src/rest/view-origins.ts";

const quoted = (text: string) => `"${text.replace(/[\\"]/gu, "\\$&")}"`;
const field = (name: string) => ({ name, path: [] });
const anyText = fc.string({ unit: "grapheme", maxLength: 30 });
/** Text made of the grammar's own signs, which reaches deeper than noise does. */
const grammarLike = fc
  .array(
    fc.constantFrom(
      ...'(){}[].,:!*"\\ ->>',
      "->>",
      "::",
      "...",
      "not.",
      "or",
      "and",
      "eq.",
      "in.",
      "a",
      "id",
      "1",
      "%",
    ),
    {
      maxLength: 40,
    },
  )
  .map((parts) => parts.join(""));

describe("parseTest", () => {
  it.each([
    ["a", "eq.5", { negated: false, operator: "eq", modifier: null, value: "5" }],
    ["a", "not.in.(1,2)", { negated: true, operator: "in", modifier: null, value: "(1,2)" }],
    ["a", "plfts(english).x y", { negated: false, operator: "plfts", modifier: "english", value: "x y" }],
    ["a", "like(any).{a*,b*}", { negated: false, operator: "like", modifier: "any", value: "{a*,b*}" }],
    ["a", "eq.", { negated: false, operator: "eq", modifier: null, value: "" }],
  ])("reads %s=%s", (column, text, expected) => {
    expect(parseTest(column, text)).toEqual({ kind: "test", field: field("a"), ...expected });
  });

  it("takes any value as it is", () => {
    fc.assert(
      fc.property(anyText, (value) => {
        expect(parseTest("a", `eq.${value}`)).toMatchObject({ value });
      }),
    );
  });

  it.each(["", "5", "eq", ".5", "(eq).5"])("refuses %j as an operator", (text) => {
    expect(() => parseTest("a", text)).toThrow(RestError);
  });
});

describe("parseGroup", () => {
  it("reads nested conditions", () => {
    expect(parseGroup("or", false, "(a.eq.1,not.and(b->>c.is.null,d.in.(1,2)))")).toEqual({
      kind: "group",
      negated: false,
      operator: "or",
      conditions: [
        { kind: "test", negated: false, field: field("a"), operator: "eq", modifier: null, value: "1" },
        {
          kind: "group",
          negated: true,
          operator: "and",
          conditions: [
            {
              kind: "test",
              negated: false,
              field: { name: "b", path: [{ arrow: "->>", key: "c" }] },
              operator: "is",
              modifier: null,
              value: "null",
            },
            {
              kind: "test",
              negated: false,
              field: field("d"),
              operator: "in",
              modifier: null,
              value: "(1,2)",
            },
          ],
        },
      ],
    });
  });

  it("gives quoted values back whatever is in them", () => {
    fc.assert(
      fc.property(fc.array(anyText, { minLength: 1, maxLength: 5 }), (values) => {
        const text = `(${values.map((value) => `a.eq.${quoted(value)}`).join(",")})`;
        const parsed = parseGroup("or", false, text);
        const found = parsed.kind === "group" ? parsed.conditions : [];
        expect(found.map((one) => (one.kind === "test" ? one.value : null))).toEqual(values);
      }),
    );
  });
});

describe("parseList", () => {
  it("gives quoted values back whatever is in them", () => {
    fc.assert(
      fc.property(fc.array(anyText, { maxLength: 8 }), (values) => {
        expect(parseList(`(${values.map(quoted).join(",")})`, "(", ")")).toEqual(values);
        expect(parseList(`{${values.map(quoted).join(",")}}`, "{", "}")).toEqual(values);
      }),
    );
  });
});

describe("parseOrder", () => {
  it("reads directions, nulls and columns of embeds", () => {
    expect(parseOrder("a.desc.nullslast,b,p(name).asc")).toEqual([
      { embed: null, field: field("a"), descending: true, nulls: "last" },
      { embed: null, field: field("b"), descending: false, nulls: null },
      { embed: "p", field: field("name"), descending: false, nulls: null },
    ]);
  });

  it.each(["a.up", "a.desc.nulls", "a b,", "p(name", ","])("refuses %j", (text) => {
    expect(() => parseOrder(text)).toThrow(RestError);
  });
});

describe("parseSelect", () => {
  it("reads aliases, casts, json, embeds, hints and spreads", () => {
    const text = '*,t:a->b->>c::text,"odd, name",o:users!owner!inner(*),...p(x)';
    expect(parseSelect(text)).toMatchObject([
      { kind: "all" },
      { kind: "field", alias: "t", cast: "text", field: { name: "a", path: [{ key: "b" }, { key: "c" }] } },
      { kind: "field", field: field("odd, name") },
      {
        kind: "embed",
        embed: {
          target: "users",
          alias: "o",
          hint: "owner",
          inner: true,
          read: { selected: [{ kind: "all" }] },
        },
      },
      { kind: "embed", embed: { target: "p", spread: true } },
    ]);
  });

  it.each(["a,", "a(b", "a)", "a::", "a->", "!", "a b(c))"])("refuses %j", (text) => {
    expect(() => parseSelect(text)).toThrow(RestError);
  });
});

describe("parseUrl", () => {
  it("places parameters at the embed they name", () => {
    const { read } = parseUrl(
      new URLSearchParams("select=a,p(b)&p.b=gt.1&p.order=b&p.limit=3&limit=2&or=(a.eq.1)"),
    );
    expect(read).toMatchObject({ limit: 2, conditions: [{ kind: "group" }] });
    const [, embed] = read.selected;
    expect(embed).toMatchObject({
      embed: { read: { limit: 3, conditions: [{ operator: "gt" }], order: [{ field: field("b") }] } },
    });
  });

  it("answers anything with what was asked or with a client's error, never otherwise", () => {
    const key = fc.oneof(
      fc.constantFrom(
        "select",
        "order",
        "limit",
        "offset",
        "or",
        "and",
        "not.or",
        "columns",
        "on_conflict",
        "a.b",
      ),
      anyText,
      grammarLike,
    );
    const entry = fc.tuple(key, fc.oneof(anyText, grammarLike));
    fc.assert(
      fc.property(fc.array(entry, { maxLength: 4 }), (entries) => {
        try {
          parseUrl(entries);
        } catch (error) {
          expect(error).toBeInstanceOf(RestError);
          expect(error).toMatchObject({
            status: expect.toSatisfy((status) => status === 400 || status === 416),
          });
        }
      }),
      { numRuns: 2000 },
    );
  });

  it.each([
    ["limit", `${"9".repeat(16)}`],
    ["limit", "1e3"],
    ["limit", "0x10"],
  ])("ignores %s=%s, which is no whole number", (name, value) => {
    expect(parseUrl([[name, value]]).read.limit).toBeNull();
  });
});

describe("headers", () => {
  it("reads preferences and tells unknown ones when it is strict", () => {
    expect(parsePrefer("return=representation, count=exact,resolution=merge-duplicates")).toMatchObject({
      return: "representation",
      count: "exact",
      resolution: "merge-duplicates",
    });
    expect(parsePrefer("nope=1")).toMatchObject({ return: "minimal", count: null });
    expect(() => parsePrefer("handling=strict,nope=1")).toThrow(RestError);
    expect(parsePrefer("max-affected=5").maxAffected).toBeNull();
    expect(parsePrefer("handling=strict,max-affected=5").maxAffected).toBe(5);
  });

  it("gives the first format it can make", () => {
    expect(parseAccept(null).type).toBe("json");
    expect(parseAccept("image/png, text/csv").type).toBe("csv");
    expect(parseAccept("application/vnd.pgrst.object+json;nulls=stripped")).toMatchObject({
      type: "object",
      stripNulls: true,
    });
    expect(() => parseAccept("image/png")).toThrow(RestError);
  });

  it("reads ranges, refuses those turned around, ignores what is none", () => {
    expect(parseRange("0-49")).toEqual({ offset: 0, limit: 50 });
    expect(parseRange("10-")).toEqual({ offset: 10, limit: null });
    expect(parseRange("bytes=0-1")).toBeNull();
    expect(() => parseRange("9-1")).toThrow(RestError);
  });
});

describe("readPayload", () => {
  it("finds the columns of one row or many, or takes those it is told", () => {
    expect(readPayload('{"a":1,"b":2}', null)).toEqual({ json: '[{"a":1,"b":2}]', columns: ["a", "b"] });
    expect(readPayload('[{"a":1},{"a":2}]', null).columns).toEqual(["a"]);
    expect(readPayload('[{"a":1},{"b":2}]', ["a", "b"]).columns).toEqual(["a", "b"]);
    expect(readPayload("", null)).toEqual({ json: "[{}]", columns: [] });
  });

  it.each(['[{"a":1},{"b":2}]', "[1]", "null", '"x"', "{", "[[]]"])("refuses %s", (text) => {
    expect(() => readPayload(text, null)).toThrow(RestError);
  });
});

describe("originsOf", () => {
  it("reads the outermost query's columns alone", () => {
    const entry = (number: number, table: number, column: number, inside = "") =>
      `{TARGETENTRY :expr {VAR :varno 1 ${inside}} :resno ${number} :resname a\\)b :ressortgroupref 0 :resorigtbl ${table} :resorigcol ${column} :resjunk false}`;
    const inner = `{QUERY :commandType 1 :rtable <> :targetList (${entry(1, 99, 9)} ${entry(2, 99, 8)})}`;
    const action = `({QUERY :commandType 1 :rtable ({RTE :subquery ${inner}}) :jointree {FROMEXPR :fromlist (a)} :targetList (${entry(1, 16384, 2, `:arg ${inner}`)} ${entry(2, 0, 0)} ${entry(3, 16384, 1)}) :havingQual ${inner}})`;
    expect([...originsOf(action)]).toEqual([
      [1, { table: 16384, column: 2 }],
      [3, { table: 16384, column: 1 }],
    ]);
  });
});
