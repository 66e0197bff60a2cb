import { create } from "zustand";
import { persist } from "zustand/middleware";

interface WorkspaceState {
  /** The workspace the user was in last; it may no longer exist or be theirs. */
  workspaceId: string | null;
  setWorkspaceId: (workspaceId: string) => void;
}

/** The workspace choice of this browser; `useCurrentWorkspace` checks it against the user's workspaces. */
export const useWorkspaceChoice = create<WorkspaceState>()(
  persist((set) => ({ workspaceId: null, setWorkspaceId: (workspaceId) => set({ workspaceId }) }), {
    name: "aim-workspace",
  }),
);

const departures = new Set<string>();

/** Says that the user is about to leave or delete a workspace, so that its disappearance is no news; `false` takes that back. */
export function expectDeparture(workspaceId: string, expected = true): void {
  if (expected) departures.add(workspaceId);
  else departures.delete(workspaceId);
}

/** Whether the user left the workspace themselves. */
export function isDepartureExpected(workspaceId: string): boolean {
  return departures.has(workspaceId);
}
