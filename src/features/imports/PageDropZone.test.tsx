// @vitest-environment jsdom
import { cleanup, createEvent, fireEvent, render, screen } from "@testing-library/react";
import { afterEach, beforeEach, expect, test } from "vitest";
import { DropZone } from "./DropZone";
import { closeImportDialog, openImportDialog, useImportDialog } from "./import-dialog";
import { PageDropZone } from "./PageDropZone";

beforeEach(closeImportDialog);
afterEach(cleanup);

const file = new File(["name\nAcme"], "leads.csv", { type: "text/csv" });
const files = { types: ["Files"], files: [file] };
const told = "Drop the CSV file to import it into this campaign";

/** Drops on an element; whether the browser would still act on it, that is, leave the app to show the file. */
function drop(element: Element, dataTransfer: object): boolean {
  const event = createEvent.drop(element, { dataTransfer });
  return fireEvent(element, event);
}

test("a file dropped anywhere on the page opens the import with it", () => {
  render(<PageDropZone campaignId="c1" />);
  fireEvent.dragOver(document.body, { dataTransfer: files });
  expect(screen.getByText(told)).toBeDefined();
  expect(drop(document.body, files)).toBe(false);
  expect(useImportDialog.getState()).toMatchObject({ campaignId: "c1", file });
  expect(screen.queryByText(told)).toBeNull();
});

test("a file that misses the open dialog neither restarts it nor leaves the app", () => {
  openImportDialog("c1");
  render(<PageDropZone campaignId="c1" />);
  expect(drop(document.body, files)).toBe(false);
  expect(useImportDialog.getState().file).toBeNull();
});

test("a file dropped on a drop zone goes there once", () => {
  const chosen: File[] = [];
  render(
    <>
      <PageDropZone campaignId="c1" />
      <DropZone title="Here" onFile={(one) => chosen.push(one)} />
    </>,
  );
  drop(screen.getByRole("region", { name: "Here" }), files);
  expect(chosen).toEqual([file]);
  expect(useImportDialog.getState().campaignId).toBeNull();
});

test("dragged text is left to the browser", () => {
  render(<PageDropZone campaignId="c1" />);
  expect(drop(document.body, { types: ["text/plain"], files: [] })).toBe(true);
  expect(useImportDialog.getState().campaignId).toBeNull();
});
