// @vitest-environment jsdom
import { act, cleanup, fireEvent, render, screen } from "@testing-library/react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { SearchBox } from "./search-box";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

/** A box on a page whose address follows what is searched for only when told to, as a router that commits in a transition. */
function page() {
  const told: string[] = [];
  const box = (value: string) => (
    <SearchBox label="Search" value={value} onChange={(next) => told.push(next)} />
  );
  const { rerender } = render(box(""));
  const input = screen.getByRole("textbox", { name: "Search" });
  return {
    told,
    input,
    shown: () => (input instanceof HTMLInputElement ? input.value : null),
    type: (text: string) => fireEvent.change(input, { target: { value: text } }),
    pause: () => act(() => vi.advanceTimersByTime(300)),
    arrive: (value: string) => rerender(box(value)),
  };
}

test("what is typed stays while the address is still behind, and when it follows", () => {
  const { told, shown, type, pause, arrive } = page();
  type("ac");
  pause();
  expect(told).toEqual(["ac"]);
  expect(shown()).toBe("ac");
  type("acme ");
  pause();
  type("acme p");
  arrive("ac");
  expect(shown()).toBe("acme p");
  arrive("acme");
  expect(shown()).toBe("acme p");
  pause();
  expect(told).toEqual(["ac", "acme", "acme p"]);
});

test("a value from elsewhere replaces what is typed, and what was about to be searched for is not", () => {
  const { told, shown, type, pause, arrive } = page();
  type("acme");
  pause();
  arrive("acme");
  type("acme pa");
  arrive("");
  expect(shown()).toBe("");
  pause();
  expect(told).toEqual(["acme"]);
  arrive("acme");
  expect(shown()).toBe("acme");
});

test("half a word of an input method is not searched for", () => {
  const { told, input, type, pause } = page();
  fireEvent.compositionStart(input);
  type("にほ");
  pause();
  expect(told).toEqual([]);
  type("日本");
  fireEvent.compositionEnd(input);
  pause();
  expect(told).toEqual(["日本"]);
});

test("Enter searches at once and Escape empties the box at once", () => {
  const { told, input, shown, type } = page();
  type("acme");
  fireEvent.keyDown(input, { key: "Enter" });
  expect(told).toEqual(["acme"]);
  fireEvent.keyDown(input, { key: "Escape" });
  expect(shown()).toBe("");
  expect(told).toEqual(["acme", ""]);
});
