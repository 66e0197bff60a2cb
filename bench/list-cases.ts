/** What the bench of lists asks for: each case is the arguments of one call of a list. */
import { BIG_CAMPAIGN, RARE, RARE_OWNER, WORKSPACE } from "./seed.ts";

export interface ListCase {
  name: string;
  list: "companies" | "contacts";
  scope: { campaign_id?: string; workspace_id?: string };
  filter: Record<string, unknown>;
  /** Left out: what the list does by itself, which is relevance with a search. */
  sort?: string;
  direction?: "asc" | "desc";
}

const campaign = { campaign_id: BIG_CAMPAIGN };
const workspace = { workspace_id: WORKSPACE };
const directions = ["asc", "desc"] as const;

/** Sortable columns by list and scope. */
const sorts = {
  companies: [
    "name",
    "domain",
    "created_at",
    "updated_at",
    "research_status",
    "contact_count",
    "industry",
    "country",
  ],
  contacts: ["name", "title", "email", "created_at", "updated_at"],
} as const;
const workspaceSorts = ["created_at", "name"] as const;

const since = (hours: number) => new Date(Date.now() - hours * 3_600_000).toISOString();

/** Filters that half or more of the rows match. */
const common = {
  companies: { has_website: true },
  contacts: { has_email: true },
};

/** Filters that match 10 rows of 1,000,000 (or of 100,000 companies); the seed says which. */
const rare = {
  companies: {
    "rare tag": { tags: [RARE.tag] },
    "rare country": { country: [RARE.country] },
    "rare owner": { owner_id: RARE_OWNER },
    "rare custom value": { custom: RARE.custom },
    "two minutes of updates": { updated_after: since(70), updated_before: since(69.7) },
    "rare tag and status": { tags: [RARE.tag], status: ["completed", "failed", "new"] },
  },
  contacts: {
    "rare tag": { tags: [RARE.tag] },
    "rare country": { country: [RARE.country] },
    "rare owner": { owner_id: RARE_OWNER },
    "rare title": { title: RARE.title.slice(1, -1) },
    "rare custom value": { custom: RARE.custom },
    "rare seniority": { seniority: [RARE.seniority] },
    "rare tag and e-mail": { tags: [RARE.tag], has_email: true, do_not_contact: false },
  },
};

/** Ten contacts of the campaign were changed in this range: set by the bench, which looks. */
export interface Range {
  updated_after: string;
  updated_before: string;
}

/** First pages: every sort and direction with no filter, one that is common, and those that are rare. */
export function pageCases(tenUpdates: Range): ListCase[] {
  const cases: ListCase[] = [];
  for (const list of ["companies", "contacts"] as const) {
    const filters: [string, Record<string, unknown>][] = [
      ["no filter", {}],
      ["common filter", common[list]],
      ...Object.entries<Record<string, unknown>>(rare[list]),
    ];
    if (list === "contacts") filters.push(["ten updates", { ...tenUpdates }]);
    for (const [scopeName, scope] of [
      ["campaign", campaign],
      ["workspace", workspace],
    ] as const) {
      for (const sort of scopeName === "campaign" ? sorts[list] : workspaceSorts) {
        for (const direction of directions) {
          for (const [filterName, filter] of filters) {
            const name = `${scopeName}'s ${list} by ${sort} ${direction}, ${filterName}`;
            cases.push({ name, list, scope, filter, sort, direction });
          }
        }
      }
    }
  }
  return cases;
}

/** Searches, each ranked, without and with filters that are common and rare. */
export function searchCases(): ListCase[] {
  const typed = {
    "1 letter": "a",
    "2 letters": "jo",
    "3 letters": "mar",
    "rare prefix": RARE.name.slice(0, 5),
    typo: RARE.typo,
    "two words": `hannah ${RARE.name.toLowerCase()}`,
    "two frequent words": "hannah enginee",
    "common word": "manager",
  };
  const filters = {
    "no filter": {},
    "common filter": null,
    "rare filter": { tags: [RARE.tag] },
  };
  return Object.entries(typed).flatMap(([typedName, q]) =>
    Object.entries(filters).flatMap(([filterName, filter]) =>
      (["contacts", "companies"] as const).flatMap((list) =>
        [campaign, workspace].map((scope) => ({
          name: `search ${list} of the ${scope === campaign ? "campaign" : "workspace"}: ${typedName} (${q}), ${filterName}`,
          list,
          scope,
          filter: { ...(filter ?? common[list]), q },
        })),
      ),
    ),
  );
}
