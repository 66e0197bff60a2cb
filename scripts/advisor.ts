/** One thing that Supabase's advisor found. */
export interface Finding {
  /** "unused_index" */
  name: string;
  level: string;
  detail: string;
  /** "unused_index_public_companies_companies_name_idx" */
  cacheKey: string;
}

/** Findings that are as they should be: those of this name whose key begins so. */
export interface Allowed {
  name: string;
  keyBegins: string;
  because: string;
}

/** What stays as it is, whatever the advisor says. An entry that allows nothing any more fails the check. */
export const allowed: Allowed[] = [
  {
    name: "unused_index",
    keyBegins: "unused_index_",
    because:
      "the advisor looks at a new database, in which nothing was asked yet; docs/scaling.md says what each index is for",
  },
  {
    name: "rls_enabled_no_policy",
    keyBegins: "rls_enabled_no_policy_private_",
    because:
      "nobody but functions reads or writes the tables of private, so nothing is granted and no policy opens them",
  },
  {
    name: "no_primary_key",
    keyBegins: "no_primary_key_private_cursor_key",
    because: "it holds one row, made with the database",
  },
  {
    name: "no_primary_key",
    keyBegins: "no_primary_key_private_research_cache",
    because: "its key is unique, but no primary one: what all workspaces share has no lane",
  },
];

/** What is wrong, one line each: findings that nothing allows, and entries that allow nothing. */
export function complaints(findings: Finding[], allowances: Allowed[]): string[] {
  const covers = ({ name, keyBegins }: Allowed, finding: Finding) =>
    finding.name === name && finding.cacheKey.startsWith(keyBegins);
  return [
    ...findings
      .filter((finding) => !allowances.some((entry) => covers(entry, finding)))
      .map(({ level, name, detail }) => `The advisor says (${level}, ${name}): ${detail}.`),
    ...allowances
      .filter((entry) => !findings.some((finding) => covers(entry, finding)))
      .map(
        ({ keyBegins }) =>
          `Nothing is found any more that ${keyBegins}… allows: take it out of scripts/advisor.ts.`,
      ),
  ];
}
