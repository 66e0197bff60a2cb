import type { ImportJob } from "@contracts";
import { create } from "zustand";

type ImportDialogState = {
  /** The campaign the dialog is open for. */
  campaignId: string | null;
  /** A file that was dropped where the dialog was opened from. */
  file: File | null;
  /** An unfinished import that is to be continued with its file. */
  unfinished: ImportJob | null;
};

const CLOSED: ImportDialogState = { campaignId: null, file: null, unfinished: null };

/** The import dialog: drop zones, buttons and the command palette all open the one that `ImportButton` draws. */
export const useImportDialog = create<ImportDialogState>()(() => CLOSED);

/** Opens the import dialog, at its first step or with a file at its second. */
export function openImportDialog(campaignId: string, file: File | null = null): void {
  useImportDialog.setState({ ...CLOSED, campaignId, file });
}

/** Opens the import dialog to choose the file of an unfinished import again. */
export function openContinueDialog(unfinished: ImportJob): void {
  useImportDialog.setState({ ...CLOSED, campaignId: unfinished.campaign_id, unfinished });
}

/** Closes the import dialog. An import that is being sent goes on. */
export function closeImportDialog(): void {
  useImportDialog.setState(CLOSED);
}
