import { expect, test } from "vitest";
import { batched } from "./batched";

test("what is asked for at once is read at once, each thing once, and what is gone is undefined", async () => {
  const requests: string[][] = [];
  const read = batched(async (ids) => {
    requests.push(ids);
    return new Map(ids.filter((id) => id !== "gone").map((id) => [id, `campaign ${id}`]));
  });
  expect(await Promise.all([read("a"), read("b"), read("a"), read("gone")])).toEqual([
    "campaign a",
    "campaign b",
    "campaign a",
    undefined,
  ]);
  expect(await read("c")).toBe("campaign c");
  expect(requests).toEqual([["a", "b", "gone"], ["c"]]);
});

test("a request that fails fails for all that asked, and the next one is made anew", async () => {
  let failing = true;
  const read = batched(async (ids) => {
    if (failing) throw new Error("network gone");
    return new Map(ids.map((id) => [id, id]));
  });
  const answers = await Promise.allSettled([read("a"), read("b")]);
  expect(answers.map(({ status }) => status)).toEqual(["rejected", "rejected"]);
  failing = false;
  expect(await read("a")).toBe("a");
});
