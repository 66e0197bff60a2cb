import { expect, test } from "vitest";
import { resendText } from "./resend-words";

const batch = (subjects: unknown[]) => ({
  jobs: subjects.length,
  request_body: JSON.stringify({ batch_id: "b", jobs: subjects.map((subject) => ({ id: "1", subject })) }),
});

test("who sends a request again reads how many jobs are asked again, and whom they are about", () => {
  expect(resendText(batch([{ name: "Acme" }, { name: "Bolt" }]))).toBe(
    "This request holds 2 jobs: Acme and Bolt. All of them are asked again, and it may cost as much as it did.",
  );
  expect(resendText(batch([{ name: "Acme", contact: { name: "Ann Ace" } }]))).toBe(
    "This request holds 1 job: Ann Ace. It is asked again, and it may cost as much as it did.",
  );
});

test("of many some are named, and none twice", () => {
  const many = ["A", "B", "C", "C", "D", "E", "F", "G"].map((name) => ({ name }));
  expect(resendText(batch(many))).toContain("holds 8 jobs: A, B, C, D, E, and 2 more.");
});

test.each([
  ["a request that is kept in part", '{"batch_id":"b","jobs":[{"id":"1","subj … (cut)'],
  ["a row", '{"name":"Acme"}'],
  ["pages of a source", '{"jobs":[{"subject":{"page":1,"url":"https://fair.example"}}]}'],
])("of %s only the number is told", (_, request_body) => {
  expect(resendText({ jobs: 5, request_body })).toBe(
    "This request holds 5 jobs. All of them are asked again, and it may cost as much as it did.",
  );
});
