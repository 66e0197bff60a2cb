import { describe, expect, test } from "vitest";
import { draftOf, type SourceDraft, sourceOf, sourceProblems } from "./source-form";

const draft: SourceDraft = {
  url: " https://fair.example/?page={page} ",
  format: "html",
  items: "li.member",
  name: "h3",
  website: "a.site@href",
  next: "a[rel=next]",
  firstPage: "0",
  maxPages: "20",
};

describe("a typed source", () => {
  test("is what research takes, and can be typed on the next time", () => {
    const source = sourceOf(draft, true);
    expect(source).toEqual({
      url: "https://fair.example/?page={page}",
      format: "html",
      items: "li.member",
      name: "h3",
      website: "a.site@href",
      first_page: 0,
      max_pages: 20,
    });
    expect(sourceProblems(draft, true)).toEqual({});
    expect(draftOf(source)).toEqual({ ...draft, url: draft.url.trim(), next: "" });
  });

  test("follows links where pages have no numbers", () => {
    const source = sourceOf({ ...draft, url: "https://fair.example/" }, true);
    expect(source).toMatchObject({ next: "a[rel=next]" });
    expect(source).not.toHaveProperty("first_page");
  });

  test("needs nothing but an address for an integration, which knows how to read it", () => {
    const typed = { ...draftOf(null), url: "https://fair.example/" };
    expect(sourceProblems(typed, false)).toEqual({});
    expect(sourceOf(typed, false)).toEqual({ url: "https://fair.example/", max_pages: 100 });
    expect(Object.keys(sourceProblems(typed, true))).toEqual(["items", "name"]);
  });

  test.each([
    [{ url: "fair.example" }, "url"],
    [{ items: "li:has(a)" }, "items"],
    [{ items: "li@id" }, "items"],
    [{ name: "h3 >" }, "name"],
    [{ website: "a, b@href" }, "website"],
    [{ firstPage: "-1" }, "firstPage"],
    [{ maxPages: "10001" }, "maxPages"],
    [{ maxPages: "" }, "maxPages"],
  ])("with %j says what is wrong with it", (change, field) => {
    expect(Object.keys(sourceProblems({ ...draft, ...change }, true))).toEqual([field]);
  });

  test("of JSON has paths, which may be anything", () => {
    const typed = { ...draft, format: "json", items: "", name: "a b.c", website: "" } as const;
    expect(sourceProblems(typed, true)).toEqual({});
  });
});
