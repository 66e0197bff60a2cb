import { expect, test } from "vitest";
import { provenanceOf } from "./provenance";

const at = "2026-11-20T10:00:00Z";
const research = {
  name: { value: "Acme", source: "https://acme.test/", at },
  industry: {
    value: ["robots", "tools"],
    source: "https://acme.test/",
    at,
    items: [
      { value: "robots", source: "https://acme.test/" },
      { value: "tools", source: "https://acme.test/about" },
    ],
  },
  emails: {
    value: ["hi@acme.test", "jobs@acme.test"],
    source: "https://acme.test/",
    at,
    items: [
      { value: "hi@acme.test", source: "https://acme.test/" },
      { value: "jobs@acme.test", source: "https://acme.test/jobs" },
    ],
  },
  social: {
    value: { linkedin: "https://linkedin.com/company/acme" },
    source: "https://acme.test/",
    at,
    items: [
      {
        network: "linkedin",
        value: "https://linkedin.com/company/acme",
        source: "https://acme.test/contact",
      },
    ],
  },
};

test("a value research filled in names its page", () => {
  expect(provenanceOf("Acme", research, "name")).toEqual({
    kind: "researched",
    source: "https://acme.test/",
    at,
  });
});

test("one of several researched values names the page of just that one", () => {
  expect(provenanceOf("jobs@acme.test", research, "emails")).toEqual({
    kind: "researched",
    source: "https://acme.test/jobs",
    at,
  });
});

test("a researched list counts as researched when its words are joined", () => {
  expect(provenanceOf("robots, tools", research, "industry").kind).toBe("researched");
});

test("a link out of the researched links names its page, another network's is not mistaken for it", () => {
  const link = "https://linkedin.com/company/acme";
  expect(provenanceOf(link, research, "social.linkedin")).toEqual({
    kind: "researched",
    source: "https://acme.test/contact",
    at,
  });
  expect(provenanceOf(link, research, "social.x")).toEqual({ kind: "own", found: null });
});

test("people's own value wins and what research found is offered beside it", () => {
  expect(provenanceOf("ACME Inc.", research, "name")).toEqual({
    kind: "own",
    found: { value: "Acme", source: "https://acme.test/", at },
  });
});

test("a value that people emptied is offered again", () => {
  expect(provenanceOf(null, research, "name")).toMatchObject({ kind: "own", found: { value: "Acme" } });
});

test("nothing known is nothing, and a value research knows nothing of is people's own", () => {
  expect(provenanceOf(null, {}, "phone")).toEqual({ kind: "none" });
  expect(provenanceOf("030 1234", {}, "phone")).toEqual({ kind: "own", found: null });
  expect(provenanceOf("x", {}, "constructor")).toEqual({ kind: "own", found: null });
});
