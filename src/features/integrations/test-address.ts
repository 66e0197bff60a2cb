/** The part of the path of n8n's test URLs, which work only while somebody listens in the workflow's editor. */
const TEST_PART = "/webhook-test/";

/** What is said of the address of a workflow that is for trying it out. */
export const TEST_ADDRESS_TEXT =
  "This is the workflow’s test URL, which works only while its editor listens.";

/** Whether an address, with or without its scheme, is n8n's test URL. */
export function isTestAddress(address: string): boolean {
  return address.split(/[?#]/, 1)[0]?.includes(TEST_PART) ?? false;
}

/** The production URL of the workflow whose test URL this is; null for any other address. */
export function productionUrl(address: string): string | null {
  const url = address.trim();
  return isTestAddress(url) ? url.replace(TEST_PART, "/webhook/") : null;
}
