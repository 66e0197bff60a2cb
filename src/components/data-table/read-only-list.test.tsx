// @vitest-environment jsdom
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { cleanup, render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeAll, expect, test, vi } from "vitest";
import type { Column } from "./column";
import { ReadOnlyList } from "./read-only-list";

interface Row {
  id: string;
  name: string;
  custom: Record<string, unknown>;
}

const columns: Column<Row>[] = [{ id: "name", header: "Name", width: 200, cell: (row) => row.name }];
const rows = [
  { id: "a", name: "Acme", custom: {} },
  { id: "b", name: "Bolt", custom: {} },
];

class NeverResized {
  observe() {}
  disconnect() {}
}
// jsdom lays nothing out.
beforeAll(() => vi.stubGlobal("ResizeObserver", NeverResized));
afterEach(cleanup);

test("a row is opened with a click or, from the keyboard, with Enter", async () => {
  const onOpen = vi.fn();
  render(
    <QueryClientProvider client={new QueryClient()}>
      <ReadOnlyList
        list="test"
        noun={{ one: "company", many: "companies" }}
        columns={columns}
        rowName={(row) => row.name}
        queryKey={["archived"]}
        fetchPage={async () => ({ rows, next_cursor: null, total: 2 })}
        openId={null}
        onOpen={onOpen}
        empty={null}
      />
    </QueryClientProvider>,
  );
  const user = userEvent.setup();
  await user.click(await screen.findByText("Acme"));
  expect(onOpen).toHaveBeenLastCalledWith(rows[0]);
  screen.getByRole("grid").focus();
  await user.keyboard("{ArrowDown}{Enter}");
  expect(onOpen).toHaveBeenLastCalledWith(rows[1]);
});
