import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { ChannelKey } from "@/lib/realtime";
import { useUserId } from "@/stores/session";
import { myWorkspacesOptions } from "./queries";

interface WorkspaceChannelsProps {
  /** Undefined while it is not known. */
  workspaceId: string | undefined;
  children: ReactNode;
}

/** What is inside listens to channels of this workspace of the user's. */
export function WorkspaceChannels({ workspaceId, children }: WorkspaceChannelsProps) {
  const { data } = useQuery(myWorkspacesOptions(useUserId()));
  const key = data?.find(({ id }) => id === workspaceId)?.channel_key ?? null;
  return <ChannelKey value={key}>{children}</ChannelKey>;
}
