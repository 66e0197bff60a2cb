// @vitest-environment jsdom
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { cleanup, render } from "@testing-library/react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { useChannel } from "@/lib/realtime";
import { testSupabase } from "@/lib/test-supabase";
import { useSession } from "@/stores/session";
import { useLiveWorkspaces } from "./live";
import { useCurrentWorkspace } from "./queries";
import { WorkspaceChannels } from "./WorkspaceChannels";

/** The key of the workspace's channels, as the server has it. */
let key = "";
let timesRead = 0;
let refetched = 0;
/** Called when a channel is joined; says whether it is let in. */
let mayJoin = (_topic: string) => true;

const server = testSupabase(
  () => {
    timesRead += 1;
    return Response.json([{ role: "owner", workspace: { id: "w", name: "Ours", channel_key: key } }]);
  },
  (topic) => mayJoin(topic),
);

beforeEach(() => {
  key = "one";
  timesRead = 0;
  refetched = 0;
  mayJoin = () => true;
  const user = { id: "u", app_metadata: {}, user_metadata: {}, aud: "", created_at: "" };
  useSession.setState({ user });
});
afterEach(async () => {
  cleanup();
  await vi.waitFor(() => expect(server.isHeard("campaign:c")).toBe(false), 3_000);
});

/** What the shell does, and a page of a campaign. */
function Page() {
  const workspaceId = useCurrentWorkspace()?.id;
  return (
    <WorkspaceChannels workspaceId={workspaceId}>
      <Followed workspaceId={workspaceId} />
    </WorkspaceChannels>
  );
}

function Followed({ workspaceId }: { workspaceId: string | undefined }) {
  useLiveWorkspaces("u", workspaceId);
  useChannel(
    "campaign:c",
    () => {},
    () => {
      refetched += 1;
    },
  );
  return null;
}

function openPage() {
  render(
    <QueryClientProvider client={new QueryClient({ defaultOptions: { queries: { retry: false } } })}>
      <Page />
    </QueryClientProvider>,
  );
}

/** All channels are under the key, and none under another. */
async function followsUnder(current: string) {
  await vi.waitFor(() => {
    for (const topic of ["workspace:w", "campaign:c"])
      expect(server.channelsOf(topic)).toEqual([`${topic}:${current}`]);
  }, 4_000);
}

test("when somebody was removed, all channels of those who stay move to the new key", async () => {
  openPage();
  await followsUnder("one");
  await vi.waitFor(() => expect(refetched).toBe(1));
  key = "two";
  server.tell("workspace:w", { table: "workspaces", operation: "update", ids: ["w"] });
  await followsUnder("two");
  await vi.waitFor(() => expect(refetched).toBe(2));
  expect(timesRead).toBeLessThan(6);
});

test("a key that changed just as the channel was joined is found then", async () => {
  mayJoin = (topic) => {
    if (topic === "workspace:w:one") key = "two";
    return !topic.startsWith("user:"); // or the list is read again because of that
  };
  openPage();
  await followsUnder("two");
});

test("who is refused because the key is an old one reads the new one", async () => {
  mayJoin = (topic) => {
    if (topic === "workspace:w:one") key = "two";
    return topic !== "workspace:w:one";
  };
  openPage();
  await followsUnder("two");
  expect(timesRead).toBeLessThan(6);
});
