/** The domain a website is known by, or for the user why there is none. */
export type DomainResult = { domain: string } | { reason: string };

const LABEL = /^[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9])?$/;
const TOP_LEVEL = /^([a-z]{2,63}|xn--[a-z0-9-]{2,59})$/;

const quote = (text: string) => `“${text.length > 60 ? `${text.slice(0, 60)}…` : text}”`;

/** Nearly every cell: a plain host name with a path or none. The URL parser would say the same, ten times slower. */
const PLAIN = /^(?:https?:\/\/)?([a-z0-9_.-]+)(?:[/?#].*)?$/i;

/** The host of a web address with or without its scheme, or null. Exported for the test that compares its two ways. */
export function hostOf(text: string): string | null {
  const plain = PLAIN.exec(text)?.[1]?.toLowerCase();
  return plain !== undefined && !plain.includes("xn--") ? plain : parsedHostOf(text);
}

/** The host as the URL parser sees it: international names in ASCII, ports and credentials gone. */
export function parsedHostOf(text: string): string | null {
  const scheme = /^([a-z][a-z0-9+.-]*):\/\//i.exec(text)?.[1]?.toLowerCase();
  if (scheme !== undefined && scheme !== "http" && scheme !== "https") return null;
  const address = scheme === undefined ? `https://${text.replace(/^\/+/, "")}` : text;
  return URL.canParse(address) ? new URL(address).hostname : null;
}

/**
 * The domain behind what people write into a website column: an address with or without scheme, path, port or `www.`, an e-mail
 * address, any case, a trailing dot, an international name (given in its ASCII form, `münchen.de` → `xn--mnchen-3ya.de`).
 * IP addresses and names without a dot are not websites.
 */
export function normaliseDomain(text: string): DomainResult {
  const reason = { reason: `${quote(text.trim())} is not a web address.` };
  const bare = text
    .trim()
    .replace(/^mailto:/i, "")
    .replace(/^<(.*)>$/, "$1");
  const [, host] = /^[^\s/?#]*@([^\s/?#@]+)$/.exec(bare) ?? [];
  const name = hostOf(host ?? bare)?.replace(/\.$/, "");
  if (name === undefined || name.length > 253) return reason;
  const labels = name.split(".");
  const top = labels.at(-1) ?? "";
  if (labels.length < 2 || !TOP_LEVEL.test(top) || !labels.every((label) => LABEL.test(label))) return reason;
  return { domain: labels.length > 2 ? name.replace(/^www\d?\./, "") : name };
}
