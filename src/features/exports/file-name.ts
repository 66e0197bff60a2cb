/** The name of an exported file: `Spring leads – companies – 2026-11-21.csv`, without what file systems refuse. */
export function exportFileName(
  campaign: string | undefined,
  kind: "companies" | "contacts",
  date: Date,
): string {
  const day = [date.getFullYear(), date.getMonth() + 1, date.getDate()]
    .map((part) => String(part).padStart(2, "0"))
    .join("-");
  const name = (campaign ?? "")
    .replace(/[\p{Cc}\s\\/:*?"<>|]+/gu, " ")
    .replace(/^[.\s]+/, "")
    .slice(0, 100)
    .trim();
  return `${[name, kind, day].filter((part) => part !== "").join(" – ")}.csv`;
}
