import { expect, test } from "vitest";
import { domainsOf } from "./websites";

test("a company is known by its domain and by that of the website it was given since, each once", () => {
  expect(domainsOf({ domain: "acme.com", website: "https://www.acme.com/about" })).toEqual(["acme.com"]);
  expect(domainsOf({ domain: "acme.com", website: "bolt.io" })).toEqual(["acme.com", "bolt.io"]);
  expect(domainsOf({ domain: null, website: "no site" })).toEqual([]);
});
