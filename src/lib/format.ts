const locale = "en";

const integer = new Intl.NumberFormat(locale, { maximumFractionDigits: 0 });
const amount = new Intl.NumberFormat(locale, { minimumFractionDigits: 2, maximumFractionDigits: 4 });
const compact = new Intl.NumberFormat(locale, { notation: "compact", maximumFractionDigits: 1 });
const percent = new Intl.NumberFormat(locale, { style: "percent", maximumFractionDigits: 0 });
const date = new Intl.DateTimeFormat(locale, { dateStyle: "medium" });
const dateTime = new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeStyle: "short" });
const time = new Intl.DateTimeFormat(locale, { timeStyle: "medium" });
const dateAndSeconds = new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeStyle: "medium" });
const relative = new Intl.RelativeTimeFormat(locale, { numeric: "auto", style: "long" });

const ordinal = new Intl.PluralRules(locale, { type: "ordinal" });
const ORDINAL_ENDINGS: Partial<Record<Intl.LDMLPluralRule, string>> = { one: "st", two: "nd", few: "rd" };

/** 1234567 → "1,234,567". */
export function formatNumber(value: number): string {
  return integer.format(value);
}

/** An amount in the workspace's own currency: 1240 → "1,240.00", 0.0125 → "0.0125". */
export function formatAmount(value: number): string {
  return amount.format(value);
}

/** 1234567 → "1.2M", for tight places. */
export function formatCompact(value: number): string {
  return compact.format(value);
}

/** "1 company", "2,000 companies". */
export function formatCount(count: number, singular: string, plural = `${singular}s`): string {
  return `${integer.format(count)} ${count === 1 ? singular : plural}`;
}

/** part of whole as "42%"; never "100%" before all is done nor "0%" once something is; 0 of 0 is "0%". */
export function formatPercent(part: number, whole: number): string {
  if (whole <= 0) return percent.format(0);
  const rounded = Math.round((part / whole) * 100) / 100;
  if (part > 0 && part < whole) return percent.format(Math.min(0.99, Math.max(0.01, rounded)));
  return percent.format(rounded);
}

/** An ISO timestamp as "Nov 21, 2026" in the user's time zone. */
export function formatDate(iso: string): string {
  return date.format(new Date(iso));
}

/** An ISO timestamp as "Nov 21, 2026, 3:04 PM" in the user's time zone. */
export function formatDateTime(iso: string): string {
  return dateTime.format(new Date(iso));
}

/** An ISO timestamp to the second in the user's time zone: "3:04:05 PM", on another day than `now` with the date. */
export function formatClock(iso: string, now: Date = new Date()): string {
  const at = new Date(iso);
  return (date.format(at) === date.format(now) ? time : dateAndSeconds).format(at);
}

/** "1st", "2nd", "3rd", "11th". */
export function formatOrdinal(value: number): string {
  return `${integer.format(value)}${ORDINAL_ENDINGS[ordinal.select(value)] ?? "th"}`;
}

const steps: { unit: Intl.RelativeTimeFormatUnit; seconds: number }[] = [
  { unit: "year", seconds: 31_557_600 },
  { unit: "month", seconds: 2_629_800 },
  { unit: "week", seconds: 604_800 },
  { unit: "day", seconds: 86_400 },
  { unit: "hour", seconds: 3_600 },
  { unit: "minute", seconds: 60 },
];

/** An ISO timestamp as "just now", "5 minutes ago", "yesterday", … against `now`. */
export function formatRelative(iso: string, now: Date = new Date()): string {
  const seconds = (new Date(iso).getTime() - now.getTime()) / 1000;
  const step = steps.find(({ seconds: length }) => Math.abs(seconds) >= length);
  if (!step) return "just now";
  return relative.format(Math.trunc(seconds / step.seconds), step.unit);
}

/** Seconds as "45 s", "3 min", "1 h 5 min", "2 d 3 h". */
export function formatDuration(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  if (whole < 60) return `${whole} s`;
  const minutes = Math.round(whole / 60);
  if (minutes < 60) return `${minutes} min`;
  const [large, small, size] = minutes < 24 * 60 ? (["h", "min", 60] as const) : (["d", "h", 24] as const);
  const total = size === 60 ? minutes : Math.round(minutes / 60);
  const rest = total % size;
  return rest === 0
    ? `${Math.floor(total / size)} ${large}`
    : `${Math.floor(total / size)} ${large} ${rest} ${small}`;
}

/** Milliseconds as "120 ms", "4.2 s", "3 min". */
export function formatMilliseconds(milliseconds: number): string {
  if (milliseconds < 1_000) return `${Math.round(milliseconds)} ms`;
  return milliseconds < 59_950
    ? `${(milliseconds / 1_000).toFixed(1)} s`
    : formatDuration(milliseconds / 1_000);
}

/** Bytes as "512 B", "1.5 KB", "3.2 MB" (1 KB = 1,024 bytes). */
export function formatBytes(bytes: number): string {
  const units = ["B", "KB", "MB", "GB", "TB"];
  let value = bytes;
  let unit = 0;
  while (value >= 1024 && unit < units.length - 1) {
    value /= 1024;
    unit += 1;
  }
  return `${unit === 0 || value >= 100 ? Math.round(value) : Math.round(value * 10) / 10} ${units[unit]}`;
}
