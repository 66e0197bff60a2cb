// @vitest-environment jsdom
import { cleanup, render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, expect, test, vi } from "vitest";
import { OwnerField } from "./owner-field";

afterEach(cleanup);
const owners = [
  { value: "a", label: "ann@acme.com" },
  { value: "b", label: "bo@acme.com" },
];

test("a member gives a record to another one and takes it away again", async () => {
  const onSave = vi.fn();
  const user = userEvent.setup();
  render(<OwnerField ownerId="a" owners={owners} onSave={onSave} />);
  const choose = async (name: string) => {
    await user.click(screen.getByRole("combobox", { name: "Owner" }));
    await user.click(await screen.findByRole("option", { name }));
  };
  expect(screen.getByRole("combobox", { name: "Owner" }).textContent).toContain("ann@acme.com");
  await choose("bo@acme.com");
  await choose("Nobody");
  await choose("ann@acme.com");
  expect(onSave.mock.calls).toEqual([["b"], [null]]);
});

test("a record that nobody looks after says so", () => {
  render(<OwnerField ownerId={null} owners={owners} onSave={() => {}} />);
  expect(screen.getByRole("combobox", { name: "Owner" }).textContent).toContain("Nobody");
  cleanup();
  render(<OwnerField ownerId={null} owners={owners} />);
  expect(screen.getByText("–")).toBeDefined();
});

test("who may not edit reads who it is, also of somebody who is no member any more", () => {
  render(<OwnerField ownerId="a" owners={owners} />);
  expect(screen.getByText("ann@acme.com")).toBeDefined();
  expect(screen.queryByRole("combobox")).toBeNull();
  cleanup();
  render(<OwnerField ownerId="gone" owners={owners} />);
  expect(screen.getByText("Somebody who left")).toBeDefined();
});
