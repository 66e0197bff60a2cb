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
