// @vitest-environment jsdom
import type { Progress } from "@contracts";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { act, cleanup, render, screen } from "@testing-library/react";
import { MemoryRouter } from "react-router-dom";
import { afterEach, expect, test, vi } from "vitest";
import { testSupabase } from "@/lib/test-supabase";
import { activeRunOptions, progressOptions } from "./queries";
import { RunProgressBar } from "./RunProgressBar";
import { progress, run } from "./research-fixture";

testSupabase(() => new Response(null, { status: 503 }));
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

/** The bar on another page of the campaign, as the server's answer has just come. */
function show(read: Progress) {
  const client = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  client.setQueryData(activeRunOptions("c").queryKey, run);
  client.setQueryData(progressOptions("r").queryKey, read);
  render(
    <QueryClientProvider client={client}>
      <MemoryRouter initialEntries={["/c/c/companies"]}>
        <RunProgressBar campaignId="c" />
      </MemoryRouter>
    </QueryClientProvider>,
  );
}
const pass = (seconds: number) => act(() => vi.advanceTimersByTime(seconds * 1_000));

test.each([0, -3_600, 3_600])(
  "a run that stands still has no time left to tell after a minute, with a clock %i seconds wrong",
  (wrong) => {
    vi.useFakeTimers();
    const now = Date.now() + wrong * 1_000;
    const rates = [{ at: new Date(now - 10_000).toISOString(), completed: 30, failed: 0 }];
    show({ ...progress, at: new Date(now).toISOString(), rates, rate_per_minute: 30, eta_seconds: 45 });
    expect(screen.getByText(/45 s left/)).toBeDefined();
    pass(20);
    expect(screen.getByText(/25 s left/)).toBeDefined();
    pass(40);
    expect(screen.queryByText(/left/)).toBeNull();
  },
);
