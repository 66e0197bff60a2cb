import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { authMailer } from "./mailer.ts";

/** Supabase Auth as far as the mailer sees it. */
let answers: { status: number; body: string }[] = [];
let asked: { path: string; key: string | undefined; body: unknown }[] = [];
let url = "";
const server = createServer(async (request, response) => {
  let text = "";
  for await (const chunk of request) text += chunk;
  const key = request.headers.apikey;
  asked.push({
    path: request.url ?? "",
    key: Array.isArray(key) ? key.join() : key,
    body: JSON.parse(text),
  });
  const { status, body } = answers.shift() ?? { status: 200, body: "{}" };
  response.writeHead(status, { "content-type": "application/json" }).end(body);
});

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  // A listening TCP server has an address with a port.
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => server.close());
beforeEach(() => {
  answers = [];
  asked = [];
});

const send = () =>
  authMailer({ url, secretKey: "sb_secret_x" })("a@b.example", "https://app.example/i?t=1&u=2");
const redirect = "redirect_to=https%3A%2F%2Fapp.example%2Fi%3Ft%3D1%26u%3D2";

test("a new address is invited", async () => {
  await send();
  expect(asked).toEqual([
    { path: `/auth/v1/invite?${redirect}`, key: "sb_secret_x", body: { email: "a@b.example" } },
  ]);
});

test("a known address gets a link to sign in with, and no account is made", async () => {
  answers = [{ status: 422, body: '{"code":"email_exists","message":"…"}' }];
  await send();
  expect(asked[1]).toMatchObject({
    path: `/auth/v1/otp?${redirect}`,
    body: { email: "a@b.example", create_user: false },
  });
});

test.each([
  ["a refused invite", [{ status: 500, body: '{"code":"unexpected_failure"}' }]],
  ["an answer that is no JSON", [{ status: 502, body: "<html>" }]],
  [
    "a refused link",
    [
      { status: 422, body: '{"code":"email_exists"}' },
      { status: 429, body: '{"code":"over_email_send_rate_limit"}' },
    ],
  ],
])("%s is an error", async (_name, given) => {
  answers = given;
  await expect(send()).rejects.toThrow("Supabase Auth");
});
