import { expect, test } from "vitest";
import { deliveryNote } from "./log-words";

const sent = { batch_id: "b", resent_by: null, jobs: 10, stages: ["company" as const], duration_ms: 120 };

test("a delivery says at which stages it was sent, of how many jobs, and how long it took", () => {
  expect(deliveryNote(sent)).toBe("Company · 10 jobs · 120 ms");
  expect(deliveryNote({ ...sent, jobs: 1, stages: ["company", "contacts"] })).toBe(
    "Company, contacts · 1 job · 120 ms",
  );
  expect(deliveryNote({ ...sent, resent_by: "ann" })).toBe("sent again · Company · 10 jobs · 120 ms");
});

test("a test is about no job; of jobs that were deleted only their number is known", () => {
  expect(deliveryNote({ ...sent, batch_id: null, jobs: 0, stages: [] })).toBe("test · 120 ms");
  expect(deliveryNote({ ...sent, stages: [] })).toBe("10 jobs · 120 ms");
});
