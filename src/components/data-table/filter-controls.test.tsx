// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { useState } from "react";
import { afterEach, expect, test, vi } from "vitest";
import { TextFilter, WordsFilter } from "./filter-controls";

afterEach(cleanup);

function words() {
  const onChange = vi.fn();
  render(
    <WordsFilter
      label="Country"
      placeholder=""
      value={[]}
      onChange={onChange}
      suggestions={["Niger", "Nigeria"]}
    />,
  );
  return { onChange, input: screen.getByRole("combobox", { name: "Country" }) };
}

test("typing past a suggestion that is the start of another word adds just the whole word", async () => {
  const { onChange, input } = words();
  await userEvent.setup().type(input, "Nigeria{Enter}");
  expect(onChange.mock.calls).toEqual([[["Nigeria"]]]);
});

test("choosing a suggestion adds it without Enter", () => {
  const { onChange, input } = words();
  fireEvent.input(input, { target: { value: "Niger" }, inputType: "insertReplacementText" });
  expect(onChange.mock.calls).toEqual([[["Niger"]]]);
});

test("a word is taken over in the spelling that the rows have; one that none has stays as typed", async () => {
  const { onChange, input } = words();
  await userEvent.setup().type(input, "nigERIA{Enter}chile{Enter}");
  expect(onChange.mock.calls).toEqual([[["Nigeria"]], [["chile"]]]);
});

function Title() {
  const [title, setTitle] = useState("");
  return (
    <>
      <TextFilter label="Title" placeholder="" value={title} onChange={setTitle} />
      <button type="button" onClick={() => setTitle("")}>
        Remove {title}
      </button>
    </>
  );
}

test("a text is applied as one types, without Enter", async () => {
  const user = userEvent.setup();
  render(<Title />);
  await user.type(screen.getByRole("textbox", { name: "Title" }), "head");
  expect(await screen.findByRole("button", { name: "Remove head" })).toBeDefined();
});

test("Enter applies a text and the focus stays in it; taking the filter away empties it", async () => {
  const user = userEvent.setup();
  render(<Title />);
  const input = screen.getByRole("textbox", { name: "Title" });
  await user.type(input, " head {Enter}");
  expect(document.activeElement).toBe(input);
  await user.click(screen.getByRole("button", { name: "Remove head" }));
  expect(input).toHaveProperty("value", "");
});
