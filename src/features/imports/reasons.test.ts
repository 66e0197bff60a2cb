import { expect, test } from "vitest";
import { groupText, ReasonCounts } from "./reasons";

function told(reasons: readonly string[]): string[] {
  const counts = new ReasonCounts();
  for (const reason of reasons) counts.add(reason);
  return counts.groups().map(groupText);
}

test("values of one column that break the same rule are told together, the most frequent first", () => {
  const note = (value: string, column: string) =>
    `“${value}” is not an e-mail address. Kept as the custom field “${column}”.`;
  expect(
    told([
      note("n.n.", "Mail"),
      note("?", "Main email"),
      note("none", "Main email"),
      note("-", "Main email"),
    ]),
  ).toEqual([
    "Main email: 3 values are not an e-mail address (such as “?”). Kept as custom fields.",
    note("n.n.", "Mail"),
  ]);
});

test("rows that are left out for the same reason are told together, whatever the value or its length", () => {
  expect(
    told([
      "“foo” is not a web address.",
      "“a “b” is not c” is not a web address.",
      "No company name and no website.",
      "No company name and no website.",
      "Name has 400 characters; it may have 300.",
      "Name has 1,400 characters; it may have 300.",
    ]),
  ).toEqual([
    "2 values are not a web address (such as “foo”).",
    "No company name and no website. So in 2 rows.",
    "Name has 400 characters; it may have 300. So in 2 rows.",
  ]);
});
