import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ALL_MATCHING, selectRows } from "@/components/data-table/selection";
import { endedFilter, pickedJobs, rerunInParts } from "./rerun";

describe("jobs to be researched again", () => {
  test("are those of the selected ones that are not known to be under way", () => {
    const jobs = [
      { id: "1", status: "completed" as const },
      { id: "2", status: "failed" as const },
      { id: "3", status: "queued" as const },
      { id: "4", status: "waiting" as const },
    ];
    expect(pickedJobs(selectRows(["1", "2", "3"]), jobs, {})).toEqual([1, 2]);
    expect(pickedJobs(selectRows(["3", "4"]), jobs, {})).toEqual([]);
    expect(pickedJobs(selectRows(["1", "9"]), jobs, {})).toEqual([1, 9]);
  });

  test("are to be read where all that match are selected, and none where those are under way", () => {
    expect(pickedJobs(ALL_MATCHING, [], { status: ["failed"] })).toBeNull();
    expect(pickedJobs(ALL_MATCHING, [], { status: ["queued", "waiting"] })).toEqual([]);
  });

  test("are the ended ones of all that a filter shows", () => {
    expect(endedFilter({})).toEqual({ status: ["completed", "failed"] });
    expect(endedFilter({ status: ["failed"] })).toEqual({ status: ["failed"] });
    expect(endedFilter({ status: ["queued", "processing", "waiting"] })).toBeNull();
  });
});

describe("asking for many", () => {
  test("asks for each once, a thousand at a time, and counts what is queued", async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(3_500), async (count) => {
        const ids = Array.from({ length: count }, (_, id) => id);
        const asked: number[][] = [];
        const result = await rerunInParts(ids, (part) => {
          asked.push(part);
          return Promise.resolve({ requeued: part.length });
        });
        expect(asked.flat()).toEqual(ids);
        expect(asked.every((part) => part.length <= 1_000)).toBe(true);
        expect(result).toEqual({ requeued: count, left: [], error: null });
      }),
    );
  });

  test("says what is queued and what is not when it breaks off, and fails when nothing is", async () => {
    const ids = Array.from({ length: 2_500 }, (_, id) => id);
    const gone = new Error("gone");
    const breaksAt = (call: number) => {
      let calls = 0;
      return () => {
        calls += 1;
        return calls === call ? Promise.reject(gone) : Promise.resolve({ requeued: 900 });
      };
    };
    expect(await rerunInParts(ids, breaksAt(2))).toEqual({
      requeued: 900,
      left: ids.slice(1_000),
      error: gone,
    });
    await expect(rerunInParts(ids, breaksAt(1))).rejects.toThrow("gone");
  });
});
