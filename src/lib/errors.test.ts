import { AuthApiError, AuthRetryableFetchError, AuthSessionMissingError } from "@supabase/auth-js";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  describeError,
  isNetworkError,
  isNotFound,
  isSessionError,
  RequestError,
  responseError,
  unwrap,
} from "./errors";

const thrownBy = (work: () => unknown) => {
  try {
    work();
  } catch (error) {
    return error;
  }
  throw new Error("nothing was thrown");
};

const failed = (status: number, code: string, message = "", hint: string | null = null) =>
  thrownBy(() => unwrap({ data: null, error: { message, code, details: null, hint }, status }));

const titleOf = (error: unknown) => describeError(error).title;

describe("unwrap", () => {
  test("gives the data of a call that worked", () => {
    expect(unwrap({ data: [1], error: null, status: 200 })).toEqual([1]);
  });

  test("throws our own stable code where a function raised one", () => {
    expect(failed(409, "PT409", "This campaign is archived.", "campaign_busy")).toMatchObject({
      status: 409,
      code: "campaign_busy",
      message: "This campaign is archived.",
    });
  });
});

describe("describeError", () => {
  test.each([
    ["a connection that is gone", failed(0, ""), "The server cannot be reached"],
    [
      "a sign-in without connection",
      new AuthRetryableFetchError("Failed to fetch", 0),
      "The server cannot be reached",
    ],
    ["a fetch that failed", new TypeError("Failed to fetch"), "The server cannot be reached"],
    ["a token that is no longer valid", failed(401, "PGRST303", "JWT expired"), "Your session has ended"],
    ["a session that is missing", new AuthSessionMissingError(), "Your session has ended"],
    ["a wrong password", new AuthApiError("x", 400, "invalid_credentials"), "E-mail or password is wrong"],
    [
      "an account that exists",
      new AuthApiError("x", 422, "user_already_exists"),
      "There is an account with this e-mail",
    ],
    ["a weak password", new AuthApiError("x", 422, "weak_password"), "This password is too weak"],
    ["too many tries", new AuthApiError("x", 429, "over_request_rate_limit"), "Too many tries"],
    ["a role that may not", failed(403, "42501"), "You may not do that"],
    ["something gone", failed(406, "PGRST116"), "Not found"],
    ["an id that cannot be one", failed(400, "22P02"), "Not found"],
    ["a name that is taken", failed(409, "23505"), "That exists already"],
    ["a statement that took too long", failed(500, "57014"), "That took too long"],
    ["too many requests", failed(429, ""), "Too many requests"],
    ["a broken server", failed(503, ""), "The server had a problem"],
    [
      "a page that changed on the server",
      new TypeError("Failed to fetch dynamically imported module: /a.js"),
      "This page could not be loaded",
    ],
    ["a bug", new Error("x is not a function"), "Something went wrong"],
    ["nothing at all", undefined, "Something went wrong"],
  ])("names %s", (_what, error, title) => {
    expect(titleOf(error)).toBe(title);
  });

  test("passes on what our own functions say to the user", () => {
    const error = failed(
      409,
      "PT409",
      "This campaign is archived and cannot be changed now.",
      "campaign_busy",
    );
    expect(describeError(error).message).toBe("This campaign is archived and cannot be changed now.");
  });

  test("passes on what a server of ours says of too many requests, and how long to wait", () => {
    const message = "You tried 10 pages in a short time. Wait 4 seconds, then try this one again.";
    const error = new RequestError(message, { status: 429, code: "too_many" });
    expect(describeError(error)).toEqual({ title: "Too many requests", message });
  });

  test.each([413, 429])("shows nothing of what a gateway in front of the database says (%i)", (status) => {
    const error = { message: "<h1>Slow down</h1>", details: null, hint: null };
    const thrown = thrownBy(() => unwrap({ data: null, error, status }));
    expect(thrown).toMatchObject({ status, code: "" });
    expect(describeError(thrown).message).not.toContain("Slow down");
  });

  test("never shows text that was not written for people", () => {
    const secret = 'duplicate key value violates "companies_pkey"';
    fc.assert(
      fc.property(
        fc.constantFrom(0, 400, 401, 403, 404, 409, 429, 500),
        fc.constantFrom("", "23505", "PGRST100", "22P02", "XX000"),
        (status, code) => {
          expect(JSON.stringify(describeError(failed(status, code, secret)))).not.toContain("companies_pkey");
        },
      ),
    );
  });
});

describe("what an error is", () => {
  test("a network error is no session error and the other way round", () => {
    expect([isNetworkError(failed(0, "")), isSessionError(failed(0, ""))]).toEqual([true, false]);
    expect([isNetworkError(failed(401, "")), isSessionError(failed(401, ""))]).toEqual([false, true]);
  });

  test("a wrong password does not end a session", () => {
    expect(isSessionError(new AuthApiError("x", 400, "invalid_credentials"))).toBe(false);
  });

  test("a missing row is not found", () => {
    expect(isNotFound(failed(404, "PT404", "This campaign does not exist.", "not_found"))).toBe(true);
    expect(isNotFound(failed(500, "XX000"))).toBe(false);
  });
});

describe("responseError", () => {
  test("reads an edge function's error", async () => {
    const body = {
      error: { code: "too_many_rows", message: "Over 10,000 rows.", details: { total: 12_000 } },
    };
    expect(await responseError(Response.json(body, { status: 413 }))).toMatchObject({
      status: 413,
      code: "too_many_rows",
      message: "Over 10,000 rows.",
      details: { total: 12_000 },
    });
  });

  test("makes do with an answer that is not ours", async () => {
    const error = await responseError(new Response("<h1>Bad gateway</h1>", { status: 502 }));
    expect(error).toBeInstanceOf(RequestError);
    expect(titleOf(error)).toBe("The server had a problem");
  });
});
