import { describe, expect, test } from "vitest";
import { linkProblem } from "./link-problem";

describe("linkProblem", () => {
  test("says that a link has expired, from the search or the hash", () => {
    const expired = expect.objectContaining({ title: "This link has expired or was used already" });
    expect(linkProblem({ search: "?error=access_denied&error_code=otp_expired", hash: "" })).toEqual(expired);
    expect(linkProblem({ search: "", hash: "#error=access_denied&error_code=otp_expired" })).toEqual(expired);
    expect(linkProblem({ search: "?error=server_error", hash: "" })).toEqual(expired);
  });

  test("says that a link belongs to another browser when its code was not redeemed", () => {
    expect(linkProblem({ search: "?code=abc", hash: "" })).toEqual(
      expect.objectContaining({ title: "This link cannot be used here" }),
    );
  });

  test("finds nothing to say about a page that was not opened from a link", () => {
    expect(linkProblem({ search: "?next=/campaigns", hash: "#top" })).toBeNull();
  });
});
