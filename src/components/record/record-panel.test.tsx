// @vitest-environment jsdom
import { QueryClient, QueryClientProvider, useQuery } from "@tanstack/react-query";
import { cleanup, render, screen } from "@testing-library/react";
import { afterEach, expect, test, vi } from "vitest";
import { RequestError } from "@/lib/errors";
import { RecordPanel } from "./record-panel";

afterEach(cleanup);

const queryKey = ["company", "1"];
const read = vi.fn<() => Promise<{ name: string }>>();

function Panel() {
  const query = useQuery({ queryKey, queryFn: read, retry: false });
  return (
    <RecordPanel noun="Company" open onClose={() => {}} query={query} summary={() => "Researched"}>
      {({ name }) => <p>All about {name}</p>}
    </RecordPanel>
  );
}

/** The panel of a record that is then read again. */
async function readAgain(error: Error) {
  read.mockResolvedValueOnce({ name: "Acme" }).mockRejectedValueOnce(error);
  const client = new QueryClient();
  render(
    <QueryClientProvider client={client}>
      <Panel />
    </QueryClientProvider>,
  );
  await screen.findByText("All about Acme");
  await client.invalidateQueries({ queryKey });
}

test("a record that is deleted while its panel is open is gone from it", async () => {
  await readAgain(new RequestError("no rows", { status: 406, code: "PGRST116" }));
  expect(await screen.findByRole("dialog", { name: "Company" })).toBeTruthy();
  expect(screen.queryByText("All about Acme")).toBeNull();
  expect(screen.getByRole("alert").textContent).toMatch(/not found|does not exist/i);
});

test("a record that cannot be read for now stays", async () => {
  await readAgain(new RequestError("down", { status: 503, code: "" }));
  expect(screen.getByText("All about Acme")).toBeTruthy();
});
