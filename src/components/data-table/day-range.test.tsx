// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen } from "@testing-library/react";
import { useState } from "react";
import { afterEach, expect, test } from "vitest";
import { DayRange } from "./day-range";

afterEach(cleanup);

function Added() {
  const [from, setFrom] = useState("");
  const [to, setTo] = useState("");
  return (
    <>
      <DayRange label="Added" from={from} to={to} onFrom={setFrom} onTo={setTo} />
      <output>{`${from} – ${to}`}</output>
      <button type="button" onClick={() => setFrom("")}>
        Clear
      </button>
    </>
  );
}

function typing() {
  render(<Added />);
  const input = screen.getByLabelText("Added from");
  return {
    input,
    report: (value: string) => fireEvent.change(input, { target: { value } }),
    shown: () => (input instanceof HTMLInputElement ? input.value : null),
    applied: () => screen.getByRole("status").textContent,
  };
}

test("a day can be typed: the year as far as it is typed stays, and only the whole day is applied", () => {
  const { report, shown, applied } = typing();
  for (const day of ["0002-03-04", "0020-03-04", "0202-03-04"]) {
    report(day);
    expect(shown()).toBe(day);
    expect(applied()).toBe(" – ");
  }
  report("2026-03-04");
  expect(applied()).toBe("2026-03-04 – ");
});

test("a day that makes no sense goes when the field is left, and the one in force comes back", () => {
  const { input, report, shown, applied } = typing();
  report("2026-03-04");
  report("0002-03-04");
  fireEvent.blur(input);
  expect(shown()).toBe("2026-03-04");
  expect(applied()).toBe("2026-03-04 – ");
});

test("taking the filter away empties the field", () => {
  const { report, shown } = typing();
  report("2026-03-04");
  fireEvent.click(screen.getByRole("button", { name: "Clear" }));
  expect(shown()).toBe("");
});
