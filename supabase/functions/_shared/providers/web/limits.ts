/** What the built-in provider allows itself on one company's site. Times in milliseconds, sizes in bytes. */
export interface WebLimits {
  /** One page, redirects and body included. */
  pageTimeoutMs: number;
  pageBytes: number;
  /** Everything for one company. Pages that are not in by then are left out. */
  siteTimeoutMs: number;
  /** Pages after the home page. */
  subpages: number;
  /** Requests to one site at a time. */
  pagesAtOnce: number;
  /** Companies at a time within one batch. */
  sitesAtOnce: number;
  maxRedirects: number;
  /** Parsing and extraction of one batch; companies that have not begun by then are left for the next one. */
  busyMs: number;
}

export const DEFAULT_LIMITS: WebLimits = {
  pageTimeoutMs: 8_000,
  pageBytes: 2 * 1024 * 1024,
  siteTimeoutMs: 45_000,
  subpages: 6,
  pagesAtOnce: 3,
  sitesAtOnce: 5,
  maxRedirects: 5,
  busyMs: 1_000,
};

/** The name that robots.txt files can address us by. */
export const ROBOT_NAME = "AimForLeads";
export const USER_AGENT = `${ROBOT_NAME}/0.1 (+https://github.com/aim-for-leads/aim-for-leads; research bot)`;
