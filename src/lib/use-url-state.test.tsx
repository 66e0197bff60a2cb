// @vitest-environment jsdom
import { cleanup, render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { createMemoryRouter, RouterProvider } from "react-router-dom";
import { afterEach, expect, test } from "vitest";
import { type Params, text, useUrlState } from "./url-state";

interface State {
  q: string;
  sort: string;
}

const params: Params<State> = { q: text(), sort: text() };

afterEach(cleanup);

function Page() {
  const [state, setState] = useUrlState(params);
  return (
    <>
      <output>{`q=${state.q} sort=${state.sort}`}</output>
      <button
        type="button"
        onClick={() => {
          setState({ q: "acme" });
          setState({ sort: "name" });
        }}
      >
        Both
      </button>
      <button type="button" onClick={() => setState({ q: "" })}>
        Clear
      </button>
    </>
  );
}

test("changes in quick succession are all kept, and later ones build on what the address says", async () => {
  const router = createMemoryRouter([{ path: "/", element: <Page /> }]);
  render(<RouterProvider router={router} />);
  await userEvent.click(screen.getByRole("button", { name: "Both" }));
  expect((await screen.findByText("q=acme sort=name")).tagName).toBe("OUTPUT");
  await router.navigate("/?q=zeta&sort=country");
  await screen.findByText("q=zeta sort=country");
  await userEvent.click(screen.getByRole("button", { name: "Clear" }));
  expect((await screen.findByText("q= sort=country")).tagName).toBe("OUTPUT");
});
