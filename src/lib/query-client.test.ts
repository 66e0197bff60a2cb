import { type QueryKey, QueryObserver } from "@tanstack/react-query";
import { expect, test } from "vitest";
import { createQueryClient, rereadShown } from "./query-client";

test("what is shown is read again, but no list page after page", async () => {
  const client = createQueryClient({ onError: () => {}, onSuccess: () => {} });
  const read: QueryKey[] = [];
  const show = (name: string, data: unknown) => {
    const queryKey = [name];
    client.setQueryData(queryKey, data);
    const queryFn = () => {
      read.push(queryKey);
      return data;
    };
    return new QueryObserver(client, { queryKey, queryFn }).subscribe(() => {});
  };
  const ends = [
    show("one row", { id: "a" }),
    show("one page", { pages: [{ rows: [] }], pageParams: [null] }),
    show("a long list", { pages: [{ rows: [] }, { rows: [] }], pageParams: [null, "next"] }),
  ];
  await rereadShown(client);
  expect(read).toEqual([["one row"], ["one page"]]);
  for (const end of ends) end();
});
