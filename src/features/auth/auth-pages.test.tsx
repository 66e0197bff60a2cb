// @vitest-environment jsdom
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { cleanup, render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import type { ReactNode } from "react";
import { MemoryRouter } from "react-router-dom";
import { afterAll, afterEach, beforeAll, expect, test, vi } from "vitest";
import { startSupabase } from "@/lib/supabase";
import { useSession } from "@/stores/session";
import SignInPage from "./SignInPage";
import SignUpPage from "./SignUpPage";

// Typing key by key is slow on a busy machine.
vi.setConfig({ testTimeout: 30_000 });

/** What Supabase Auth answers to the next request. */
let answer: { status: number; body: object };
let server: Server;
const requests: { path: string; body: unknown }[] = [];

beforeAll(async () => {
  server = createServer(async (request, response) => {
    let body = "";
    for await (const chunk of request) body += String(chunk);
    requests.push({ path: request.url ?? "", body: JSON.parse(body || "null") });
    response.writeHead(answer.status, { "content-type": "application/json" });
    response.end(JSON.stringify(answer.body));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo; // it listens on TCP
  startSupabase({ url: `http://127.0.0.1:${port}`, publishableKey: "sb_publishable_test", mailbox: false });
});

afterAll(() => server.close());

afterEach(() => {
  cleanup();
  requests.length = 0;
  useSession.setState({ user: null, ended: null });
});

function show(page: ReactNode) {
  render(
    <QueryClientProvider client={new QueryClient()}>
      <MemoryRouter>{page}</MemoryRouter>
    </QueryClientProvider>,
  );
  return userEvent.setup();
}

async function fillIn(user: ReturnType<typeof userEvent.setup>, button: string) {
  await user.type(screen.getByLabelText("E-mail"), "ada@example.com");
  await user.type(screen.getByLabelText("Password"), "correct horse");
  await user.click(screen.getByRole("button", { name: button }));
}

test("a wrong password is named as such, and what was typed is kept", async () => {
  answer = {
    status: 400,
    body: { code: 400, error_code: "invalid_credentials", msg: "Invalid login credentials" },
  };
  const user = show(<SignInPage />);
  await fillIn(user, "Sign in");
  expect((await screen.findByRole("alert")).textContent).toContain("E-mail or password is wrong");
  expect(screen.getByLabelText("E-mail")).toHaveProperty("value", "ada@example.com");
  expect(requests).toMatchObject([
    {
      path: "/auth/v1/token?grant_type=password",
      body: { email: "ada@example.com", password: "correct horse" },
    },
  ]);
});

test("nothing is sent while a field is empty, and the field says so", async () => {
  const user = show(<SignInPage />);
  await user.type(screen.getByLabelText("E-mail"), "ada@example.com");
  await user.click(screen.getByRole("button", { name: "Sign in" }));
  expect(screen.getByLabelText("Password").getAttribute("aria-invalid")).toBe("true");
  expect(requests).toEqual([]);
});

test("someone whose session ended reads that nothing is lost", () => {
  useSession.setState({ ended: "by itself" });
  show(<SignInPage />);
  expect(screen.getByRole("status").textContent).toContain("Everything you saved is kept");
});

test("an address that has an account leads to signing in", async () => {
  answer = {
    status: 422,
    body: { code: 422, error_code: "user_already_exists", msg: "User already registered" },
  };
  const user = show(<SignUpPage />);
  await fillIn(user, "Create account");
  expect((await screen.findByRole("alert")).textContent).toContain("Sign in instead");
});

test("where accounts are confirmed by mail the page says to look there", async () => {
  answer = {
    status: 200,
    body: { id: "1", email: "ada@example.com", aud: "authenticated", created_at: "2026-01-01" },
  };
  const user = show(<SignUpPage />);
  await fillIn(user, "Create account");
  expect((await screen.findByRole("status")).textContent).toContain("ada@example.com");
});

test("a password can be looked at", async () => {
  const user = show(<SignInPage />);
  expect(screen.getByLabelText("Password").getAttribute("type")).toBe("password");
  await user.click(screen.getByRole("button", { name: "Show password" }));
  expect(screen.getByLabelText("Password").getAttribute("type")).toBe("text");
});
