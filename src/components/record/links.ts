/**
 * The address to link to for what people typed, a file held or a site said; null for anything that is not a web
 * page. `javascript:` and the like never become a link.
 */
export function webHref(text: string | null): string | null {
  const trimmed = text?.trim() ?? "";
  if (trimmed === "" || /\s/.test(trimmed)) return null;
  const withScheme = /^[a-z][a-z0-9+.-]*:/i.test(trimmed) ? trimmed : `https://${trimmed}`;
  const url = URL.parse(withScheme);
  if (url === null || (url.protocol !== "https:" && url.protocol !== "http:")) return null;
  return url.hostname.includes(".") || url.hostname === "localhost" ? url.href : null;
}

/** A web address as people read it: no scheme, no "www.", no trailing slash, letters instead of escapes. */
export function webLabel(href: string): string {
  const label = href
    .replace(/^https?:\/\//i, "")
    .replace(/^www\./i, "")
    .replace(/\/$/, "");
  try {
    return decodeURI(label);
  } catch {
    // Escapes that are not UTF-8 stay as they are.
    return label;
  }
}

/** `mailto:` for one address; what follows a "?" in it stays part of the address. */
export function mailHref(email: string): string {
  return `mailto:${encodeURIComponent(email.trim()).replaceAll("%40", "@")}`;
}

/** `tel:` with the digits, plus sign and pauses of a number; null without a digit. */
export function phoneHref(phone: string): string | null {
  const dialled = phone.replaceAll(/[^\d+,;*#]/g, "");
  return /\d/.test(dialled) ? `tel:${encodeURIComponent(dialled).replaceAll("%2B", "+")}` : null;
}
