import fc from "fast-check";
import { expect, test } from "vitest";
import { readArrival } from "./arrival";

const token = (claims: object) => `h.${Buffer.from(JSON.stringify(claims)).toString("base64url")}.s`;
const hash = (params: Record<string, string>) => `#${new URLSearchParams(params)}`;

test("a link that signs in brings whose session it is", () => {
  const access_token = token({ email: "zoë@users.example" });
  expect(readArrival(hash({ access_token, refresh_token: "r", type: "invite" }))).toEqual({
    session: { accessToken: access_token, refreshToken: "r", email: "zoë@users.example", isNew: true },
    problem: null,
  });
  expect(readArrival(hash({ access_token, refresh_token: "r", type: "magiclink" })).session?.isNew).toBe(
    false,
  );
});

test("a link that is used up says what to do", () => {
  const { session, problem } = readArrival(hash({ error: "access_denied", error_code: "otp_expired" }));
  expect(session).toBeNull();
  expect(problem?.message).toContain("The invite itself is still there");
});

test.each([
  "",
  "#",
  "#members",
  hash({ access_token: "x.y.z", refresh_token: "r" }),
  hash({ access_token: token({}), refresh_token: "r" }),
])("an address without either brings nothing: %s", (given) =>
  expect(readArrival(given)).toEqual({ session: null, problem: null }),
);

test("no fragment breaks the page", () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), (text, other) => {
      readArrival(text);
      readArrival(hash({ access_token: text, refresh_token: other }));
    }),
  );
});
