// @vitest-environment jsdom
import type { Integration } from "@contracts";
import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { useState } from "react";
import { MemoryRouter } from "react-router-dom";
import { expect, test } from "vitest";
import { chosenProviders, chosenStages, firstChoices, offeredStages } from "./plan";
import { clay } from "./research-fixture";
import { SourceFields } from "./SourceFields";
import { StageFields } from "./StageFields";
import { draftOf, sourceProblems } from "./source-form";

function Fields({ integrations, mayAdd }: { integrations: readonly Integration[]; mayAdd: boolean }) {
  const [choices, setChoices] = useState(() => firstChoices(null, integrations));
  return (
    <MemoryRouter>
      <StageFields
        stages={offeredStages("companies")}
        choices={choices}
        onChange={setChoices}
        integrations={integrations}
        mayAdd={mayAdd}
      />
      <output>{JSON.stringify([chosenStages(choices), chosenProviders(choices)])}</output>
    </MemoryRouter>
  );
}
const chosen = () => JSON.parse(screen.getByRole("status").textContent ?? "");

test("without an integration nobody can be chosen, financials take one, and members read who adds them", () => {
  render(<Fields integrations={[]} mayAdd={false} />);
  expect(screen.queryAllByRole("combobox")).toEqual([]);
  const financials = screen.getByRole("checkbox", { name: "Financials" });
  expect(financials.getAttribute("aria-disabled")).toBe("true");
  expect(screen.getAllByText(/Takes an integration/)).toHaveLength(3);
  expect(screen.getByText("Owners and admins add integrations in the settings.")).toBeDefined();
});

test("financials are done by the integration there is, and admins find the way to more", async () => {
  const user = userEvent.setup();
  render(<Fields integrations={[clay]} mayAdd />);
  expect(chosen()).toEqual([["company", "contacts"], {}]);
  await user.click(screen.getByRole("checkbox", { name: "Financials" }));
  expect(chosen()).toEqual([["company", "financials", "contacts"], { financials: "clay" }]);
  const link = screen.getByRole("link", { name: "Manage integrations" });
  expect(link.getAttribute("href")).toBe("/settings/integrations");
});

function WithSource() {
  const [choices, setChoices] = useState(() => firstChoices(null, []));
  const [draft, setDraft] = useState(() => draftOf(null));
  return (
    <MemoryRouter>
      <StageFields
        stages={offeredStages(null)}
        choices={choices}
        onChange={setChoices}
        integrations={[]}
        mayAdd={false}
        source={<SourceFields draft={draft} onChange={setDraft} isWeb />}
      />
      <output>{JSON.stringify(sourceProblems(draft, true))}</output>
    </MemoryRouter>
  );
}

test("a source can be described where companies may come from one, once that is chosen", async () => {
  const user = userEvent.setup();
  render(<WithSource />);
  expect(screen.queryByLabelText("Address of the list")).toBeNull();
  await user.click(screen.getByRole("checkbox", { name: "Find companies" }));
  await user.type(screen.getByLabelText("Address of the list"), "https://fair.example/");
  expect(screen.queryByLabelText("First page")).toBeNull();
  await user.type(screen.getByLabelText("Address of the list"), "?page={{page}");
  expect(screen.getByLabelText("First page")).toBeDefined();
  expect(screen.queryByLabelText("Next page")).toBeNull();
  await user.type(screen.getByLabelText("Companies"), "li:has(a)");
  expect(screen.getByText(/is not a selector that is understood/, { ignore: "output" })).toBeDefined();
  await user.clear(screen.getByLabelText("Companies"));
  await user.type(screen.getByLabelText("Companies"), "li.member");
  await user.type(screen.getByLabelText("Name"), "h3");
  expect(chosen()).toEqual({});
});
