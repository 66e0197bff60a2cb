import { create } from "zustand";

interface CampaignDialogs {
  /** The dialog for a new campaign is open. */
  creating: boolean;
  setCreating: (creating: boolean) => void;
}

/** Dialogs that page, sidebar and command palette all open. */
export const useCampaignDialogs = create<CampaignDialogs>()((set) => ({
  creating: false,
  setCreating: (creating) => set({ creating }),
}));
