import type { PortfolioEntry } from "../../contracts/research.ts";
import type { Page } from "./page.ts";

/** The investments an investor presents. Pure. */
export function extractPortfolio(_pages: readonly Page[]): PortfolioEntry[] {
  return [];
}
