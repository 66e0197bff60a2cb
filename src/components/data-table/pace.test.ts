import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { paced } from "./pace";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

test("a burst of requests runs at once and then once per interval, and the last one is not lost", async () => {
  const runs: number[] = [];
  const start = Date.now();
  const job = paced(async () => {
    runs.push(Date.now() - start);
  }, 300);
  for (let i = 0; i < 100; i += 1) {
    job.request();
    await vi.advanceTimersByTimeAsync(10);
  }
  await vi.runAllTimersAsync();
  expect(runs).toEqual([0, 300, 600, 900, 1200]);
});

test("a slow run is never joined by a second one", async () => {
  let running = 0;
  let most = 0;
  let runs = 0;
  const job = paced(async () => {
    running += 1;
    runs += 1;
    most = Math.max(most, running);
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    running -= 1;
  }, 100);
  job.request();
  await vi.advanceTimersByTimeAsync(500);
  job.request();
  job.request();
  await vi.runAllTimersAsync();
  expect(most).toBe(1);
  expect(runs).toBe(2);
});

test("nothing runs after dispose", async () => {
  let runs = 0;
  const job = paced(async () => {
    runs += 1;
  }, 100);
  job.request();
  job.dispose();
  job.request();
  await vi.runAllTimersAsync();
  expect(runs).toBe(0);
});
