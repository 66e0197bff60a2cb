// @vitest-environment jsdom
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { cleanup, render, screen } from "@testing-library/react";
import { MemoryRouter } from "react-router-dom";
import { afterEach, expect, test } from "vitest";
import { myWorkspacesOptions } from "@/features/workspaces/queries";
import { RecentCampaigns } from "./RecentCampaigns";
import WorkspaceSwitcher from "./WorkspaceSwitcher";

afterEach(cleanup);

test("who is in no workspace is told so in the sidebar, where nothing is ever going to be loaded", () => {
  const client = new QueryClient();
  client.setQueryData(myWorkspacesOptions(undefined).queryKey, []);
  const { container } = render(
    <QueryClientProvider client={client}>
      <MemoryRouter>
        <WorkspaceSwitcher collapsed={false} />
        <RecentCampaigns />
      </MemoryRouter>
    </QueryClientProvider>,
  );
  expect(screen.getByText("No workspace")).toBeDefined();
  expect(container.querySelector(".animate-pulse")).toBeNull();
});
