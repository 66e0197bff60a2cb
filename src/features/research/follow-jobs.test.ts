import { QueryClient } from "@tanstack/react-query";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { flattenPages, type ListPages } from "@/components/data-table/pages";
import { followJobs } from "./follow-jobs";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

interface Job {
  id: string;
  status: string;
}

const queryKey = ["jobs"];
const PAGE = 3;

/** A run of queued jobs, newest first, of which all are loaded in three pages. */
function run() {
  const server: Job[] = Array.from({ length: 3 * PAGE }, (_, i) => ({ id: `j${i}`, status: "queued" }));
  const client = new QueryClient();
  const page = (from: number) => ({
    rows: server.slice(from, from + PAGE).map((job) => ({ ...job })),
    next_cursor: from + PAGE < server.length ? `after ${from}` : null,
    start: from,
  });
  client.setQueryData<ListPages<Job>>(queryKey, {
    pages: [0, PAGE, 2 * PAGE].map(page),
    pageParams: [0, PAGE, 2 * PAGE].map((start) => ({ cursor: start === 0 ? null : `at ${start}`, start })),
  });
  const reads: string[] = [];
  const behind: boolean[] = [];
  const state = { failing: false };
  const answer = <Answer>(read: string, value: Answer): Answer => {
    reads.push(read);
    if (state.failing) throw new Error("network gone");
    return value;
  };
  const follower = followJobs<Job>({
    client,
    queryKey,
    readFirst: async () => answer("first", page(0)),
    readJobs: async (ids) =>
      answer(
        ids.join(),
        server.filter(({ id }) => ids.includes(id)),
      ),
    onBehind: (now) => behind.push(now),
  });
  return {
    client,
    follower,
    reads,
    behind,
    state,
    complete: (id: string) => {
      for (const job of server) if (job.id === id) job.status = "completed";
    },
    queue: (id: string) => server.unshift({ id, status: "queued" }),
    listed: () =>
      flattenPages(client.getQueryData<ListPages<Job>>(queryKey)?.pages ?? []).map(
        ({ id, status }) => `${id} ${status}`,
      ),
    wait: () => vi.advanceTimersByTimeAsync(2_500),
  };
}

test("away from the top just the jobs on screen are read, and the list stays where it is", async () => {
  const { follower, reads, complete, queue, listed, wait } = run();
  follower.show(["j4", "j5"], false);
  complete("j4");
  complete("j8");
  queue("new");
  follower.changed();
  await wait();
  expect(reads).toEqual(["j4,j5"]);
  expect(listed()[4]).toBe("j4 completed");
  expect(listed()).toHaveLength(9);
  follower.show(["j8"], false);
  await wait();
  expect(reads).toEqual(["j4,j5", "j8"]);
  expect(listed()[8]).toBe("j8 completed");
});

test("at the top the first page is read, whatever else was loaded, once for many changes", async () => {
  const { follower, reads, complete, queue, listed, wait } = run();
  follower.show(["j0", "j1"], true);
  complete("j0");
  queue("new");
  for (let i = 0; i < 20; i++) follower.changed();
  await wait();
  expect(reads).toEqual(["first"]);
  expect(listed()).toEqual(["new queued", "j0 completed", "j1 queued"]);
});

test("back at the top new jobs are there", async () => {
  const { follower, queue, listed, wait } = run();
  follower.show(["j4"], false);
  queue("new");
  follower.show(["j0"], true);
  await wait();
  expect(listed()[0]).toBe("new queued");
});

test("a page that is being loaded is left alone, and the list is followed after it", async () => {
  const { client, follower, reads, wait } = run();
  let arrive = () => {};
  const loading = client.fetchQuery({
    queryKey,
    queryFn: () =>
      new Promise((resolve) => {
        arrive = () => resolve(client.getQueryData(queryKey));
      }),
  });
  follower.show(["j4"], false);
  follower.changed();
  await wait();
  expect(reads).toEqual([]);
  expect(client.isFetching({ queryKey })).toBe(1);
  arrive();
  await loading;
  follower.loaded();
  await wait();
  expect(reads).toEqual(["j4"]);
});

test("what could not be read is said, and read with the next change", async () => {
  const { follower, behind, state, complete, listed, wait } = run();
  follower.show(["j4"], false);
  state.failing = true;
  complete("j4");
  follower.changed();
  await wait();
  expect(behind).toEqual([true]);
  state.failing = false;
  follower.changed();
  await wait();
  expect(behind).toEqual([true, false]);
  expect(listed()[4]).toBe("j4 completed");
});
