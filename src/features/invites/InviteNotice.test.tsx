// @vitest-environment jsdom
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { cleanup, render, screen } from "@testing-library/react";
import { MemoryRouter } from "react-router-dom";
import { afterEach, expect, test } from "vitest";
import InviteNotice from "./InviteNotice";
import { myInvitesOptions } from "./queries";

afterEach(cleanup);

const invite = {
  id: "i",
  workspace_name: "Acme",
  role: "member" as const,
  invited_by: "bo@acme.com",
  expires_at: "2026-12-01T00:00:00Z",
};

function noticeOf(count: number) {
  const client = new QueryClient({ defaultOptions: { queries: { staleTime: Number.POSITIVE_INFINITY } } });
  client.setQueryData(
    myInvitesOptions(undefined).queryKey,
    Array.from({ length: count }, (_, n) => ({ ...invite, id: `i${n}` })),
  );
  const { container } = render(
    <QueryClientProvider client={client}>
      <MemoryRouter>
        <InviteNotice />
      </MemoryRouter>
    </QueryClientProvider>,
  );
  return container.textContent;
}

test("who is invited reads by whom and to what, and how to join", () => {
  const notice = noticeOf(1);
  expect(notice).toContain("bo@acme.com invites you to Acme.");
  expect(notice).toContain("open the link in the mail");
  expect(screen.getByRole("link", { name: "See your invites" }).getAttribute("href")).toBe("/settings");
  cleanup();
  expect(noticeOf(2)).toContain("You have 2 invites, one to Acme.");
});

test("who is not invited sees nothing", () => {
  expect(noticeOf(0)).toBe("");
});
