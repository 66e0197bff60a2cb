// @vitest-environment jsdom
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { cleanup, render, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, expect, test } from "vitest";
import { recordKeys, recordList } from "@/components/data-table/record-list";
import Toaster from "@/components/ui/toaster";
import { useEditRecord } from "./use-edit-record";

interface Row {
  id: string;
  campaign_id: string;
  created_at: string;
  name: string;
  email: string | null;
}

afterEach(cleanup);

const unused = async () => {
  throw new Error("Nothing is read here.");
};
const records = recordList<Row, { created_before?: string }>({
  table: "companies",
  keys: recordKeys("companies"),
  readPage: unused,
  readTotal: unused,
  readPlace: unused,
  readRows: unused,
  campaignOf: (row) => row.campaign_id,
});
const acme: Row = { id: "a", campaign_id: "c", created_at: "2026-01-01", name: "Acme", email: null };

function EditButton({ update }: { update: (record: Row, edit: Partial<Row>) => Promise<Row> }) {
  const { mutate } = useEditRecord(records, new Map([["email", "E-mail"]]), update);
  return (
    <button type="button" onClick={() => mutate({ record: acme, edit: { email: "bo@acme.com" } })}>
      Edit
    </button>
  );
}

test("an edit that fails is taken back and told with what was entered, also when its page is gone, and is saved again on demand", async () => {
  const client = new QueryClient();
  const detail = records.keys.detail("c", "a");
  client.setQueryData(detail, acme);
  const asked: Partial<Row>[] = [];
  let fail: () => void = () => {};
  const update = (record: Row, edit: Partial<Row>) => {
    asked.push(edit);
    return new Promise<Row>((resolve, reject) => {
      if (asked.length > 1) resolve({ ...record, ...edit });
      fail = () => reject(new TypeError("Failed to fetch"));
    });
  };
  const page = (button: boolean) => (
    <QueryClientProvider client={client}>
      <Toaster />
      {button && <EditButton update={update} />}
    </QueryClientProvider>
  );
  const user = userEvent.setup();
  const { rerender } = render(page(true));
  await user.click(screen.getByText("Edit"));
  expect(client.getQueryData(detail)).toMatchObject({ email: "bo@acme.com" });
  rerender(page(false));
  fail();
  expect(await screen.findAllByText("E-mail of Acme was not saved")).not.toEqual([]);
  expect(screen.getAllByText(/You entered “bo@acme.com”\./)).not.toEqual([]);
  expect(client.getQueryData(detail)).toMatchObject({ email: null });
  await user.click(screen.getByText("Save again"));
  await waitFor(() => expect(screen.queryByText("Save again")).toBeNull());
  expect(asked).toEqual([{ email: "bo@acme.com" }, { email: "bo@acme.com" }]);
  expect(client.getQueryData(detail)).toMatchObject({ email: "bo@acme.com" });
});
