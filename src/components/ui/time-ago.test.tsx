// @vitest-environment jsdom
import { act, cleanup, render, screen } from "@testing-library/react";
import { memo } from "react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { TimeAgo } from "./time-ago";

beforeEach(() => vi.useFakeTimers({ now: new Date("2026-11-22T10:00:30Z") }));
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

const Row = memo(({ at }: { at: string }) => <TimeAgo at={at} />);

test("times in rows that are not drawn again go on, by one timer that ends with them", () => {
  const rows = render(
    <>
      <Row at="2026-11-22T10:00:10Z" />
      <Row at="2026-11-22T09:58:20Z" />
    </>,
  );
  screen.getByText("just now");
  screen.getByText("2 minutes ago");
  expect(vi.getTimerCount()).toBe(1);
  act(() => vi.advanceTimersByTime(60_000));
  screen.getByText("1 minute ago");
  screen.getByText("3 minutes ago");
  rows.unmount();
  expect(vi.getTimerCount()).toBe(0);
});
