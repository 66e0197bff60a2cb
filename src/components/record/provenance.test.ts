import { expect, test } from "vitest";
import { provenanceOf } from "./provenance";

const at = "2026-11-20T10:00:00Z";
const research = {
  name: { value: "Acme", source: "https://acme.test/", at },
  industry: { value: ["robots", "tools"], source: "https://acme.test/about", at },
  emails: { value: ["hi@acme.test", "jobs@acme.test"], source: "https://acme.test/contact", at },
  social: { value: { linkedin: "https://linkedin.com/company/acme" }, source: "https://acme.test/", at },
};

test("a value research filled in names its page", () => {
  expect(provenanceOf("Acme", research, "name")).toEqual({
    kind: "researched",
    source: "https://acme.test/",
    at,
  });
});

test("one of a researched list, and the whole list joined, count as researched", () => {
  expect(provenanceOf("hi@acme.test", research, "emails").kind).toBe("researched");
  expect(provenanceOf("robots, tools", research, "industry").kind).toBe("researched");
});

test("a link out of the researched social links names its page", () => {
  expect(provenanceOf("https://linkedin.com/company/acme", research, "social.linkedin").kind).toBe(
    "researched",
  );
  expect(provenanceOf("https://linkedin.com/company/acme", research, "social.x")).toEqual({
    kind: "own",
    found: null,
  });
});

test("people's own value wins and what research found is offered beside it", () => {
  expect(provenanceOf("ACME Inc.", research, "name")).toEqual({
    kind: "own",
    found: { value: "Acme", source: "https://acme.test/", at },
  });
});

test("nothing known is nothing, and a value research knows nothing of is people's own", () => {
  expect(provenanceOf(null, {}, "phone")).toEqual({ kind: "none" });
  expect(provenanceOf("030 1234", {}, "phone")).toEqual({ kind: "own", found: null });
});

test("a field named like a built-in of objects is not mistaken for a researched one", () => {
  expect(provenanceOf("x", research, "social.constructor")).toEqual({ kind: "own", found: null });
});
