// @vitest-environment jsdom
import { screen, waitFor } from "@testing-library/react";
import { useState } from "react";
import { beforeEach, expect, test } from "vitest";
import { testSupabase } from "@/lib/test-supabase";
import { showResearch } from "./research-fixture";
import { SourcePreview } from "./SourcePreview";
import { draftOf, type SourceDraft } from "./source-form";

let answer: () => Response;
const server = testSupabase(() => answer());
beforeEach(() => {
  answer = () => Response.json({ total: 0, companies: [], next_url: null });
});

const members: SourceDraft = {
  ...draftOf(null),
  url: "https://fair.example/members",
  items: "li",
  name: "h3",
  next: "a[rel=next]",
};

/** A source whose name's place can be changed. */
function Tried({ draft }: { draft: SourceDraft }) {
  const [name, setName] = useState(draft.name);
  return (
    <>
      <button type="button" onClick={() => setName("h2")}>
        Change it
      </button>
      <SourcePreview draft={{ ...draft, name }} />
    </>
  );
}
const tryIt = () => screen.getByRole<HTMLButtonElement>("button", { name: "Try the first page" });

test("the first companies of the first page are shown, until the source is changed", async () => {
  const names = ["Anvil Ltd", "Bolt", "Cog", "Dynamo", "Anvil Ltd"];
  answer = () =>
    Response.json({
      total: 40,
      companies: names.map((name) => ({ name, website: "a.example" })),
      next_url: "https://fair.example/members?page=2",
    });
  const { user } = showResearch(<Tried draft={members} />);
  await user.click(tryIt());
  await screen.findByText("40 companies on the first page");
  expect(screen.getAllByRole("listitem").map((item) => item.textContent)).toEqual([
    ...names.map((name) => `${name} a.example`),
    "and 35 more",
  ]);
  screen.getByText("Next page: https://fair.example/members?page=2");
  expect(JSON.parse(server.asked[0]?.body ?? "")).toEqual({
    action: "preview_source",
    workspace_id: "w",
    source: {
      url: "https://fair.example/members",
      format: "html",
      items: "li",
      name: "h3",
      next: "a[rel=next]",
      max_pages: 100,
    },
  });
  await user.click(screen.getByText("Change it"));
  await waitFor(() => expect(screen.queryByText("40 companies on the first page")).toBeNull());
});

test("a page without companies is told, and so is one that cannot be read", async () => {
  const { user } = showResearch(<Tried draft={members} />);
  await user.click(tryIt());
  await screen.findByText("No company was found on the first page. Correct where the companies are.");
  screen.getByText("No next page was found: this would be the only one.");
  const error = { code: "not_found", message: "https://fair.example/members does not exist (status 404)." };
  answer = () => Response.json({ error }, { status: 409 });
  await user.click(tryIt());
  expect((await screen.findByRole("alert")).textContent).toContain("does not exist (status 404)");
});

test("who tries too many is told how long to wait", async () => {
  const message =
    "You tried 10 pages in a short time. Wait 4 seconds, then try this one again. Nothing was read.";
  answer = () => Response.json({ error: { code: "too_many", message, details: null } }, { status: 429 });
  const { user } = showResearch(<Tried draft={members} />);
  await user.click(tryIt());
  expect((await screen.findByRole("alert")).textContent).toContain(message);
  expect(server.asked).toHaveLength(1);
});

test("what cannot be read yet is not tried", () => {
  showResearch(<Tried draft={{ ...members, items: "" }} />);
  expect(tryIt().disabled).toBe(true);
});
