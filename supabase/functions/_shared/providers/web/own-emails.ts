import { isSameSite } from "./links.ts";
import type { Person } from "./people.ts";
import type { NameParts } from "./person-name.ts";
import { fold } from "./text.ts";

const FREE_MAIL =
  /^(?:gmail|googlemail|outlook|hotmail|live|yahoo|ymail|icloud|me|aol|gmx|web|t-online|freenet|posteo|mailbox|proton(?:mail)?|orange|wanadoo|free|laposte|sfr|libero|virgilio|tiscali|telenet|skynet|ziggo|kpnmail|xs4all|btinternet|bluewin|hispeed|telefonica|wp|onet|o2|interia|seznam|centrum|naver|qq|163|126|mail|yandex|rediffmail|comcast|verizon|sbcglobal|att)\.[a-z.]{2,8}$/;

/** Whether an address is somebody else's: neither at this site's domain, nor a brand of it, nor free mail. */
export function isOtherPartyEmail(email: string, host: string, known: ReadonlySet<string>): boolean {
  const domain = email.split("@")[1] ?? "";
  if (known.has(domain) || FREE_MAIL.test(domain)) return false;
  if (
    isSameSite(new URL(`http://${asciiHost(domain)}`), host) ||
    isSameSite(new URL(`http://${host}`), asciiHost(domain))
  )
    return false;
  return brand(domain) !== brand(host);
}

/** Whether an address is one listed person's own, by being theirs or by being made of their name. */
export function isPersonalEmail(email: string, people: readonly Person[]): boolean {
  return people.some((person) => person.email === email || isEmailOf(email, person.name));
}

/** Whether the part before the @ is made of a name: "jane.doe", "jdoe", "doe". */
export function isEmailOf(email: string, name: NameParts): boolean {
  const local = fold(email.split("@")[0] ?? "").replaceAll(" ", "");
  const words = fold(name.core).split(" ");
  const [first = "", last = ""] = [words[0], words.at(-1)];
  if (first.length < 2 || last.length < 2) return false;
  const forms = [
    first + last,
    last + first,
    first.charAt(0) + last,
    last + first.charAt(0),
    first + last.charAt(0),
  ];
  return (
    forms.includes(local) || (local === last && last.length > 3) || (local === first && first.length > 3)
  );
}

function brand(host: string): string {
  const labels = host.replace(/^www\./, "").split(".");
  return (
    (labels.length > 2 && /^(?:co|com|org|net|ac)$/.test(labels.at(-2) ?? "")
      ? labels.at(-3)
      : labels.at(-2)) ?? ""
  );
}

function asciiHost(domain: string): string {
  return URL.canParse(`http://${domain}`) ? new URL(`http://${domain}`).hostname : "invalid.invalid";
}
