import { create } from "zustand";
import type { Campaign } from "./keys";

interface CampaignDialogs {
  /** The dialog for a new campaign is open. */
  creating: boolean;
  setCreating: (creating: boolean) => void;
  /** The campaign that is about to be archived. */
  archiving: Campaign | null;
  setArchiving: (archiving: Campaign | null) => void;
}

/** Dialogs that pages, sidebar and command palette all open. */
export const useCampaignDialogs = create<CampaignDialogs>()((set) => ({
  creating: false,
  setCreating: (creating) => set({ creating }),
  archiving: null,
  setArchiving: (archiving) => set({ archiving }),
}));
