import { useNow } from "@/lib/use-now";

/**
 * The seconds left of something that had `seconds` left at `at` (milliseconds since 1970), counted down every second between two
 * answers of the server. Null while it is not known.
 */
export function useEta(seconds: number | null, at: number): number | null {
  const now = useNow(seconds === null ? null : 1_000);
  if (seconds === null) return null;
  const passed = Math.max(0, now - at) / 1_000;
  // The last second lasts until the server says that it is over.
  return Math.max(1, seconds - passed);
}
