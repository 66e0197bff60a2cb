import type { CompanyResult, ContactsResult } from "../../supabase/functions/_shared/contracts/research.ts";
import { nameKey } from "../../supabase/functions/_shared/providers/web/person-name.ts";
import type { ExpectedSite } from "../fixtures/site-format.ts";

/** Right, extra and missed values of one field. `misses` names them, for sets that may be looked at. */
export interface FieldScore {
  right: number;
  extra: number;
  missed: number;
  misses: string[];
}

/** What the provider found at one site; null results when it failed. */
export interface Found {
  company: CompanyResult | null;
  contacts: ContactsResult | null;
}

const SOCIAL = ["linkedin", "twitter", "facebook", "github", "instagram", "youtube"] as const;
const CONTACT_FIELDS = ["title", "email", "phone", "linkedin_url"] as const;

/** Precision and recall per field over the sites of one set, by the rules of `tests/fixtures/sites/README.md`. */
export class SetScore {
  readonly fields = new Map<string, FieldScore>();

  add(site: string, expected: ExpectedSite, found: Found): void {
    const { company } = expected;
    this.#one(site, "name", name(company.name), name(found.company?.name?.value));
    this.#one(site, "description", text(company.description), text(found.company?.description?.value));
    this.#address(site, company.address, found.company?.address?.value);
    this.#list(site, "industry", company.industry, found.company?.industry, text);
    this.#list(site, "phone", company.phone, found.company?.phones, phone);
    this.#list(site, "emails", company.emails, found.company?.emails, text);
    for (const network of SOCIAL) {
      this.#one(
        site,
        "social",
        profile(company.social?.[network]),
        profile(found.company?.social[network]?.value),
      );
    }
    this.#contacts(site, expected.contacts, found.contacts?.contacts ?? []);
    this.#portfolio(site, expected.portfolio, found.company?.portfolio ?? []);
  }

  #contacts(site: string, expected: ExpectedSite["contacts"], found: ContactsResult["contacts"]): void {
    const rows = this.#rows(site, "contacts.name", expected, found, (row) => nameKey(row.name));
    for (const [wanted, got] of rows) {
      for (const field of CONTACT_FIELDS) {
        const normal = field === "phone" ? phone : field === "linkedin_url" ? profile : text;
        this.#one(`${site} ${wanted.name}`, `contacts.${field}`, normal(wanted[field]), normal(got[field]));
      }
    }
  }

  #portfolio(site: string, expected: ExpectedSite["portfolio"], found: CompanyResult["portfolio"]): void {
    const rows = this.#rows(site, "portfolio.name", expected, found, (row) => text(row.name) ?? "");
    const domain = (value: string | undefined) => value?.toLowerCase().replace(/^www\./, "");
    for (const [wanted, got] of rows) {
      this.#one(`${site} ${wanted.name}`, "portfolio.domain", domain(wanted.domain), domain(got.domain));
    }
  }

  /** Matches rows by key, each expected row at most once, and returns the pairs. */
  #rows<E, F>(
    site: string,
    field: string,
    expected: readonly E[],
    found: readonly F[],
    key: (row: E | F) => string,
  ): [E, F][] {
    const open = [...expected];
    const pairs: [E, F][] = [];
    for (const row of found) {
      const at = open.findIndex((wanted) => key(wanted) === key(row));
      const wanted = at === -1 ? undefined : open.splice(at, 1)[0];
      if (wanted === undefined) this.#count(site, field, "extra", key(row));
      else {
        this.#count(site, field, "right", key(row));
        pairs.push([wanted, row]);
      }
    }
    for (const wanted of open) this.#count(site, field, "missed", key(wanted));
    return pairs;
  }

  #one(site: string, field: string, expected: string | undefined, found: string | undefined): void {
    if (expected !== undefined && expected === found) {
      this.#count(site, field, "right", found);
      return;
    }
    if (found !== undefined) this.#count(site, field, "extra", found);
    if (expected !== undefined) this.#count(site, field, "missed", expected);
  }

  #list(
    site: string,
    field: string,
    expected: readonly string[] | undefined,
    found: readonly { value: string }[] | undefined,
    normal: (value: string | undefined) => string | undefined,
  ): void {
    const key = (row: string | { value: string }) => normal(typeof row === "string" ? row : row.value) ?? "";
    this.#rows(site, field, expected ?? [], found ?? [], key);
  }

  #address(site: string, expected: string | undefined, found: string | undefined): void {
    const isRight =
      expected !== undefined && found !== undefined && overlap(words(expected), words(found)) >= 0.75;
    this.#one(site, "address", expected, isRight ? expected : found);
  }

  #count(site: string, field: string, what: "right" | "extra" | "missed", value: string): void {
    const score = this.fields.get(field) ?? { right: 0, extra: 0, missed: 0, misses: [] };
    this.fields.set(field, score);
    score[what] += 1;
    if (what !== "right") score.misses.push(`${site}: ${what} ${value}`);
  }
}

export function precision(score: FieldScore): number {
  return score.right + score.extra === 0 ? 1 : score.right / (score.right + score.extra);
}

export function recall(score: FieldScore): number {
  return score.right + score.missed === 0 ? 1 : score.right / (score.right + score.missed);
}

/** One line a field. */
export function table(set: string, fields: ReadonlyMap<string, FieldScore>): string {
  const rows = [...fields].map(([field, score]) => {
    const counts = `${score.right} right, ${score.extra} extra, ${score.missed} missed`;
    return `  ${field.padEnd(22)} precision ${precision(score).toFixed(3)}  recall ${recall(score).toFixed(3)}  (${counts})`;
  });
  return [`${set}:`, ...rows].join("\n");
}

function text(value: string | undefined): string | undefined {
  return value?.normalize("NFC").replace(/\s+/gu, " ").trim().toLowerCase();
}

function name(value: string | undefined): string | undefined {
  return text(value);
}

function phone(value: string | undefined): string | undefined {
  return value
    ?.replace(/^(\s*(?:\+|00)[\d\s]{1,5})\(0\)/, "$1")
    .replace(/(?!^\s*\+)\D/g, "")
    .trim();
}

function profile(value: string | undefined): string | undefined {
  if (value === undefined) return undefined;
  const url = new URL(value);
  const host = url.hostname
    .replace(/^(?:www|[a-z]{2}(?:-[a-z]{2})?)\./, "")
    .replace(/^x\.com$/, "twitter.com");
  return `https://${host}${decodeURI(url.pathname).replace(/\/$/, "")}`.toLowerCase();
}

function words(address: string): Set<string> {
  return new Set(
    address
      .normalize("NFC")
      .toLowerCase()
      .split(/[^\p{L}\p{N}]+/u)
      .filter((word) => word !== ""),
  );
}

function overlap(a: Set<string>, b: Set<string>): number {
  const shared = [...a].filter((word) => b.has(word)).length;
  return shared / new Set([...a, ...b]).size;
}
