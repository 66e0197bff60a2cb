import { expect, test } from "vitest";
import { EVERY_JOB, failedFor, jobFilter } from "./job-filter";

test("all jobs are narrowed by nothing", () => {
  expect(jobFilter(EVERY_JOB)).toEqual({});
});

test("jobs of a reason are failed ones, whatever else the address says", () => {
  expect(jobFilter(failedFor("http_404"))).toEqual({ status: ["failed"], error_code: "http_404" });
  expect(jobFilter({ ...EVERY_JOB, code: "http_404", jobs: "open" })).toEqual({
    status: ["failed"],
    error_code: "http_404",
  });
});

test("state, stage and words narrow together", () => {
  expect(jobFilter({ ...EVERY_JOB, jobs: "open", stage: "contacts", q: "acme" })).toEqual({
    status: ["queued", "processing", "waiting"],
    stage: ["contacts"],
    q: "acme",
  });
  expect(jobFilter({ ...EVERY_JOB, jobs: "waiting" })).toEqual({ status: ["waiting"] });
});
