// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, expect, test, vi } from "vitest";
import Toaster from "@/components/ui/toaster";
import { emailProblem } from "@/lib/value-rules";
import { EditableField } from "./editable-field";

afterEach(cleanup);

function field(props: Partial<Parameters<typeof EditableField>[0]> = {}) {
  const onSave = vi.fn();
  const { rerender } = render(
    <>
      {null}
      <EditableField label="Industry" value="robots" maxLength={20} onSave={onSave} {...props} />
    </>,
  );
  return { onSave, rerender, user: userEvent.setup() };
}
const edit = () => screen.getByRole("button", { name: "Edit industry" });

test("Enter saves what was typed, trimmed, and the focus stays with the field", async () => {
  const { onSave, user } = field();
  await user.click(edit());
  await user.clear(screen.getByRole("textbox"));
  await user.type(screen.getByRole("textbox"), "  tools {Enter}");
  expect(onSave.mock.calls).toEqual([["tools"]]);
  expect(document.activeElement).toBe(edit());
});

test("Enter that ends the composition of a word saves nothing yet", async () => {
  const { onSave, user } = field({ value: null });
  await user.click(edit());
  fireEvent.change(screen.getByRole("textbox"), { target: { value: "にほん" } });
  fireEvent.keyDown(screen.getByRole("textbox"), { key: "Enter", isComposing: true });
  expect(onSave).not.toHaveBeenCalled();
  await user.keyboard("{Enter}");
  expect(onSave.mock.calls).toEqual([["にほん"]]);
});

test("Escape takes the edit back and reaches nothing around the field", async () => {
  const { onSave, user } = field();
  await user.click(edit());
  await user.type(screen.getByRole("textbox"), "x");
  const around = vi.fn();
  document.body.addEventListener("keydown", around, { once: true });
  await user.keyboard("{Escape}");
  document.body.removeEventListener("keydown", around);
  expect(around).not.toHaveBeenCalled();
  expect(onSave).not.toHaveBeenCalled();
  expect(screen.getByText("robots")).toBeDefined();
});

test("leaving the field saves; leaving it unchanged does not", async () => {
  const { onSave, user } = field();
  await user.click(edit());
  await user.tab();
  expect(onSave).not.toHaveBeenCalled();
  await user.click(edit());
  await user.type(screen.getByRole("textbox"), "!");
  await user.click(document.body);
  expect(onSave.mock.calls).toEqual([["robots!"]]);
});

test("emptying a field saves nothing as its value", async () => {
  const { onSave, user } = field();
  await user.click(edit());
  await user.clear(screen.getByRole("textbox"));
  await user.keyboard("{Enter}");
  expect(onSave.mock.calls).toEqual([[null]]);
});

test("a required field stays open and says why while it is empty", async () => {
  const { onSave, user } = field({ required: true });
  await user.click(edit());
  await user.clear(screen.getByRole("textbox"));
  await user.keyboard("{Enter}");
  expect(screen.getByText("Industry cannot be empty.")).toBeDefined();
  expect(onSave).not.toHaveBeenCalled();
});

test("a new text that breaks the field's rule stays open and says why; what was there before may stay", async () => {
  const { onSave, user } = field({ label: "E-mail", value: "old habit", rule: emailProblem });
  await user.click(screen.getByRole("button", { name: "Edit e-mail" }));
  await user.keyboard("{Control>}a{/Control}bo@");
  expect(screen.queryByText(/is not an e-mail/)).toBeNull();
  await user.click(document.body);
  expect(screen.getByText("“bo@” is not an e-mail address.")).toBeDefined();
  await user.clear(screen.getByRole("textbox"));
  await user.type(screen.getByRole("textbox"), "bo@acme.com{Enter}");
  expect(onSave.mock.calls).toEqual([["bo@acme.com"]]);
  await user.click(screen.getByRole("button", { name: "Edit e-mail" }));
  await user.keyboard("{Enter}");
  expect(screen.queryByRole("textbox")).toBeNull();
});

test("in a text of several lines Shift+Enter starts a line and Enter saves", async () => {
  const { onSave, user } = field({ kind: "multiline", value: null });
  await user.click(edit());
  await user.type(screen.getByRole("textbox"), "one{Shift>}{Enter}{/Shift}two{Enter}");
  expect(onSave.mock.calls).toEqual([["one\ntwo"]]);
});

test("what was typed by somebody who meanwhile may not edit any more is told, not lost", async () => {
  const { user, rerender } = field();
  await user.click(edit());
  await user.type(screen.getByRole("textbox"), "!");
  rerender(
    <>
      <Toaster />
      <EditableField label="Industry" value="robots" maxLength={20} />
    </>,
  );
  fireEvent.keyDown(screen.getByRole("textbox"), { key: "Enter" });
  expect(await screen.findAllByText(/You entered “robots!”\. You may not do that/)).not.toEqual([]);
});

test("who may not edit gets no way to", () => {
  field({ onSave: undefined });
  expect(screen.queryByRole("button")).toBeNull();
});
