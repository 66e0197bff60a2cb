// @vitest-environment jsdom
import type { User } from "@supabase/auth-js";
import { cleanup, render, screen } from "@testing-library/react";
import { MemoryRouter } from "react-router-dom";
import { afterEach, beforeEach, expect, test } from "vitest";
import { useSession } from "@/stores/session";
import { ImportStrip } from "./ImportStrip";
import { type RunningImport, useRunningImports } from "./sending/running-imports";

const sending: RunningImport = {
  key: "1",
  ownerId: "u",
  file: {
    campaignId: "c",
    kind: "companies",
    fileName: "leads.csv",
    fileSize: 1,
    fileHash: "",
    mapping: {
      version: 1,
      encoding: "utf-8",
      delimiter: ",",
      newline: "\n",
      header_rows: 1,
      columns: [],
    },
    totalRows: 400,
  },
  status: "sending",
  job: null,
  rowsPerSecond: null,
  error: null,
  processed: 100,
  created: 100,
  updated: 0,
  duplicates: 0,
  rejected: 0,
};

beforeEach(() => {
  useSession.setState({ user: { id: "u" } as User }); // only its id is looked at
  useRunningImports.setState({ imports: [sending] });
});
afterEach(cleanup);

const at = (path: string) =>
  render(
    <MemoryRouter initialEntries={[path]}>
      <ImportStrip campaignId="c" />
    </MemoryRouter>,
  );

test("an import under way is seen on every page of its campaign but the one that shows it in full", () => {
  at("/c/c/companies");
  expect(screen.getByText("leads.csv")).toBeDefined();
  expect(screen.getByText("25%")).toBeDefined();
  expect(screen.getByRole("link").getAttribute("href")).toBe("/c/c/imports");
  cleanup();
  at("/c/c/imports");
  expect(screen.queryByText("leads.csv")).toBeNull();
});
