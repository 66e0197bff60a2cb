import type { Source } from "../../contracts/sources.ts";
import { checkCount, companyOf, type SourcePage } from "./page.ts";

/** The companies of a page that is JSON. Null when there is no list where the source says. */
export function readJsonPage(body: unknown, source: Source): SourcePage | null {
  const items = valueAt(body, source.items);
  if (!Array.isArray(items)) return null;
  checkCount(items.length);
  return {
    itemCount: items.length,
    companies: items.flatMap((item: unknown) =>
      companyOf(textAt(item, source.name), textAt(item, source.domain), textAt(item, source.website)),
    ),
    next: textAt(body, source.next),
  };
}

/** What is at a path like `data.items.0.name`; all of it for none, or for a dot. */
function valueAt(body: unknown, path = ""): unknown {
  const names = path.split(".").map((name) => name.trim());
  return names
    .filter((name) => name !== "")
    .reduce<unknown>(
      (value, name) =>
        typeof value === "object" && value !== null && Object.hasOwn(value, name)
          ? Reflect.get(value, name)
          : undefined,
      body,
    );
}

function textAt(body: unknown, path: string | undefined): string | null {
  const value = path === undefined ? null : valueAt(body, path);
  return typeof value === "string" || typeof value === "number" ? String(value) : null;
}
