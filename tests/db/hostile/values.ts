/** What a hostile client sends instead of an argument: pieces of JSON, as they stand in a request's body. */

/** Texts that would be SQL, markup, paths or patterns if somebody took them for more than a text. */
const TEXTS = [
  "'; drop table public.companies; --",
  "x') or 1=1 --",
  '"; select pg_sleep(10); --',
  "$$; delete from public.campaigns; $$",
  "{{workspaces}} || pg_sleep(5)",
  "%%%_\\",
  "../../etc/passwd",
  "=cmd|' /C calc'!A0",
  "\u202e\u0001\u007f",
  "",
];

const json = (value: unknown): string => JSON.stringify(value);
const texts = TEXTS.map(json);
/** As JSON writes them: what no text of Postgres may hold, and half a character. */
const broken = ['"\\u0000"', '"a\\u0000b"', '"\\ud800"', '"\\udc00\\ud800"'];
const numbers = [
  "-1",
  "0",
  "1.5",
  "2147483648",
  "9223372036854775808",
  "1e400",
  "-1e400",
  '"NaN"',
  '"1; select 1"',
];
const shapes = ["true", "[]", "{}", "[[]]", '{"a": 1}', "[null]", "null"];
const times = [
  '"infinity"',
  '"-infinity"',
  '"99999-01-01"',
  '"2026-02-31"',
  '"now"',
  '"0000-00-00"',
  "20260101",
];
const ids = ['"x"', '"00000000-0000-0000-0000-00000000000g"', "1", ...texts.slice(0, 3)];

/** Arrays and objects in one another, deeper than anybody needs. */
const deep = "[".repeat(5000) + "]".repeat(5000);
const deepObject = `${'{"a":'.repeat(5000)}1${"}".repeat(5000)}`;

/** What may stand for a key of a filter or of an imported row, right or wrong. */
const anything = [
  json("'; select 1 --"),
  '"\\u0000"',
  '"\\ud800"',
  "1e400",
  "true",
  "null",
  "[]",
  "{}",
  "[null]",
  '{"a": {"b": 1}}',
  deep,
];

/** The keys that filters and patches know, and some that they do not. */
const KEYS = [
  ...[
    "q",
    "status",
    "stage",
    "state",
    "has_email",
    "has_website",
    "has_phone",
    "has_linkedin",
    "tags",
    "owner_id",
    "country",
    "size",
  ],
  ...[
    "created_after",
    "created_before",
    "updated_after",
    "updated_before",
    "import_id",
    "ids",
    "custom",
    "company_id",
    "title",
    "seniority",
  ],
  ...["do_not_contact", "add_tags", "remove_tags", "again", "__proto__", "c.id", "x'y"],
];

const objects = [
  ...KEYS.flatMap((key) => anything.map((value) => `{${json(key)}: ${value}}`)),
  ...times.map((time) => `{"created_after": ${time}}`),
  `{"custom": {"a'b": "x'y"}, "q": "a b c d e f g h i j k l m"}`,
  '{"custom": {"a": "1", "b": "2", "c": "3", "d": "4", "e": "5", "f": "6"}}',
  `{"ids": [${Array.from({ length: 3000 }, () => '"00000000-0000-0000-0000-000000000000"').join()}]}`,
  `{"tags": [${Array.from({ length: 1000 }, (_, n) => `"${n}"`).join()}]}`,
  `{${Array.from({ length: 2000 }, (_, n) => `"k${n}": 1`).join()}}`,
];

/** Rows of an import, of the wrong shape or with the wrong things in them. */
const rows = [
  ...anything.map((value) => `[${value}]`),
  ...["name", "website", "email", "tags", "custom", "row", "company"].flatMap((key) =>
    anything.map((value) => `[{"name": "A", "website": "a.example", ${json(key)}: ${value}}]`),
  ),
  `[${Array.from({ length: 1001 }, () => '{"name": "A"}').join()}]`,
];

const objectArguments = ["filter", "patch", "options"];
const rowArguments = ["rows", "rejected"];

/** Hostile values for an argument. */
export function hostileValues({ name, type }: { name: string; type: string }): string[] {
  const common = [...shapes, ...broken, deep];
  switch (type) {
    case "uuid":
      return [...common, ...ids];
    case "jsonb":
      if (objectArguments.includes(name)) return [...common, ...texts, ...objects];
      if (rowArguments.includes(name)) return [...common, ...texts, ...rows];
      return [...common, ...numbers, ...texts, deepObject];
    case "integer":
    case "bigint":
      return [...common, ...numbers, ...texts.slice(0, 3)];
    case "boolean":
      return [...common, "2", '"maybe"', ...texts.slice(0, 3)];
    case "text":
      return [...common, ...numbers, ...texts];
    default:
      return [...common, ...numbers, ...texts, '["x"]', '"{x}"', '"{company,null}"'];
  }
}

/** Ten million characters where a text may stand, as SQL: they need not travel. */
export function hugeValues({ name, type }: { name: string; type: string }): string[] {
  const huge = `'"' || repeat('ab ', 3333333) || '"'`;
  if (type === "text") return [huge];
  if (type !== "jsonb") return [];
  return [rowArguments.includes(name) ? `'[{"name": ' || ${huge} || '}]'` : `'{"q": ' || ${huge} || '}'`];
}
