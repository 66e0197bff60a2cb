// @vitest-environment jsdom
import { act, cleanup, render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { createMemoryRouter, RouterProvider } from "react-router-dom";
import { afterEach, expect, test } from "vitest";
import { useLogState } from "./log-state";

afterEach(cleanup);

function Page() {
  const { filter, setFilter, open, setOpen } = useLogState();
  return (
    <>
      <output>{`${filter.problems ? "failed" : "all"}, ${open ?? "none"} open`}</output>
      <button type="button" onClick={() => setFilter({ ...filter, problems: true })}>
        Only failed ones
      </button>
      <button type="button" onClick={() => setOpen(7)}>
        Open
      </button>
      <button type="button" onClick={() => setOpen(null)}>
        Close
      </button>
    </>
  );
}

test("back closes the entry that was opened; one that was closed does not come back", async () => {
  const routes = [
    { path: "/log", element: <Page /> },
    { path: "/", element: <p>Before</p> },
  ];
  const router = createMemoryRouter(routes, { initialEntries: ["/", "/log"] });
  render(<RouterProvider router={router} />);
  const press = (name: string) => userEvent.click(screen.getByRole("button", { name }));
  const back = () => act(() => router.navigate(-1));
  const state = () => screen.getByRole("status").textContent;
  await press("Only failed ones");
  await press("Open");
  expect(state()).toBe("failed, 7 open");
  await back();
  expect(state()).toBe("failed, none open");
  await press("Open");
  await press("Close");
  await back();
  expect(state()).toBe("failed, none open");
  await back();
  expect(screen.getByText("Before")).toBeDefined();
});
