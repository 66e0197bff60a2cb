/** What a typed number has to be. */
export interface NumberRule {
  min: number;
  max: number;
  /** Whole numbers only. */
  whole: boolean;
  /** May be left out. */
  optional?: boolean;
}

/** The number that is typed; a comma may stand for the decimal point. NaN for what is none, and for 1,000, which may mean either. */
export function readNumber(text: string): number {
  if (/^\d+,\d{3}$/.test(text.trim())) return Number.NaN;
  const plain = text.trim().replace(",", ".");
  return /^\d+(\.\d+)?$/.test(plain) ? Number(plain) : Number.NaN;
}

/** What is wrong with a typed number, in words; null if nothing is. */
export function checkNumber({ min, max, whole, optional }: NumberRule, text: string): string | null {
  if (text.trim() === "") return optional ? null : "Enter a number.";
  const number = readNumber(text);
  if (Number.isNaN(number)) return "Enter a number, such as 10 or 0.5, without separators.";
  if (whole && !Number.isInteger(number)) return "Enter a whole number.";
  if (number < min || number > max) return `Enter a number from ${min} to ${max.toLocaleString("en")}.`;
  return null;
}
