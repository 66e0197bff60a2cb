import { type ResearchedValue, researchedValues } from "@contracts";
import { queryOptions } from "@tanstack/react-query";
import { valueText } from "@/components/record/provenance";
import { unwrap } from "@/lib/errors";
import { getSupabase } from "@/lib/supabase";
import { companyKeys } from "./keys";

/** One figure of a company: the name it was given, its value as text, and where it is from. */
export interface Figure {
  name: string;
  value: string;
  source: string;
  at: string;
}

/** The figures of a company, in the order of their names. */
export function financialsOptions(campaignId: string, companyId: string) {
  return queryOptions({
    // Begins as the company's own key: both are read again together.
    queryKey: [...companyKeys.detail(campaignId, companyId), "financials"],
    queryFn: async ({ signal }): Promise<Figure[]> => {
      const { financials } = unwrap(
        await getSupabase()
          .from("companies")
          .select("financials")
          .match({ campaign_id: campaignId, id: companyId })
          .abortSignal(signal)
          .single(),
      );
      return figuresOf(researchedValues.parse(financials));
    },
  });
}

/** Figures as people read them. */
export function figuresOf(found: Readonly<Record<string, ResearchedValue>>): Figure[] {
  return Object.entries(found)
    .map(([key, { value, source, at }]) => ({ name: nameOf(key), value: figureText(value), source, at }))
    .filter(({ value }) => value !== "")
    .sort((a, b) => a.name.localeCompare(b.name));
}

/** "fund_size" as "Fund size". */
function nameOf(key: string): string {
  const words = key.replaceAll("_", " ").trim();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** Numbers are grouped as people write them; a year is not. */
function figureText(value: unknown): string {
  if (typeof value === "boolean") return value ? "Yes" : "No";
  if (typeof value !== "number") return valueText(value);
  const isYear = Number.isInteger(value) && value >= 1_500 && value <= 2_200;
  return isYear ? String(value) : value.toLocaleString("en", { maximumFractionDigits: 4 });
}
