export const memberKeys = {
  members: (workspaceId: string) => ["members", workspaceId] as const,
  invites: (workspaceId: string) => ["members", workspaceId, "invites"] as const,
};
