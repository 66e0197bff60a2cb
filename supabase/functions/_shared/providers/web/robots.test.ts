import { describe, expect, it } from "vitest";
import { parseRobots } from "./robots.ts";

const allows = (text: string, path = "/team/") =>
  parseRobots("https://acme.example", text).allows(new URL(path, "https://acme.example"));

describe("parseRobots", () => {
  it.each([
    ["nothing is written", "", true],
    ["everything is closed to everyone", "User-agent: *\nDisallow: /", false],
    ["the path is closed to everyone", "User-agent: *\nDisallow: /team/", false],
    ["another path is closed", "User-agent: *\nDisallow: /private", true],
    ["another robot is shut out", "User-agent: BadBot\nDisallow: /", true],
    ["we are shut out by name", "User-agent: aimforleads\nDisallow: /\n\nUser-agent: *\nAllow: /", false],
    ["we are let in by name", "User-agent: *\nDisallow: /\n\nUser-agent: AimForLeads/1.0\nAllow: /", true],
    ["a group names several robots", "User-agent: BadBot\nUser-agent: *\nDisallow: /", false],
    ["the longer rule allows", "User-agent: *\nDisallow: /\nAllow: /team", true],
    ["a wildcard matches", "User-agent: *\nDisallow: /*eam", false],
    [
      "lines end in carriage returns and hold comments",
      "user-agent : * # all\rDISALLOW : /team # no\r",
      false,
    ],
    ["the file is a web page", "<!doctype html><p>Not found</p>", true],
  ])("decides when %s", (_what, text, expected) => expect(allows(text)).toBe(expected));

  it("stays bounded on a hostile file", () => {
    const agents = `${"User-agent: *\n".repeat(17_000)}${"Disallow: /x\n".repeat(17_000)}Disallow: /`;
    expect(allows(agents)).toBe(true);
    expect(allows(`User-agent: *\nDisallow: /${"*a".repeat(250_000)}`, `/${"a".repeat(250)}`)).toBe(false);
  });
});
