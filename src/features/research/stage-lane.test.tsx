// @vitest-environment jsdom
import { act, cleanup, render } from "@testing-library/react";
import { MemoryRouter } from "react-router-dom";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { StageLane } from "./StageLane";
import type { StageTotals } from "./totals";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

const totals: StageTotals = {
  stage: "company",
  total: 20,
  completed: 3,
  failed: 0,
  cancelled: 0,
  working: 0,
  waiting: 0,
  queued: 17,
};

/** The text of a stage by Clay, which may be held for so many seconds. */
function show(seconds: number | null, shown = totals): () => string | null {
  const heldUntil = seconds === null ? null : Date.now() + seconds * 1_000;
  const { container } = render(
    <MemoryRouter>
      <StageLane totals={shown} provider="clay" providerName="Clay" heldUntil={heldUntil} />
    </MemoryRouter>,
  );
  return () => container.textContent;
}
const pass = (seconds: number) => act(() => vi.advanceTimersByTime(seconds * 1_000));

test("while nothing may be sent to an integration the stage counts down to its next try", () => {
  const text = show(12);
  expect(text()).toContain("17 queued · on hold, next try in 12 s");
  pass(5);
  expect(text()).toContain("next try in 7 s");
  pass(7);
  expect(text()).not.toContain("next try");
});

test("a stage that is not held, or has nothing to send, tells of no next try", () => {
  expect(show(null)()).not.toContain("next try");
  expect(show(-5)()).not.toContain("next try");
  expect(show(12, { ...totals, queued: 0, completed: 20 })()).not.toContain("next try");
});
