import { changesRow, useLiveRecord } from "@/components/record/use-live-record";
import { contactKeys } from "./keys";

/** Keeps an open contact's panel current. */
export function useLiveContact(campaignId: string, id: string): void {
  useLiveRecord(`campaign:${campaignId}`, changesRow("contacts", id), [contactKeys.detail(campaignId, id)]);
}
