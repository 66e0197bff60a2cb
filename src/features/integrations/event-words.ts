import { formatCount } from "@/lib/format";

/** What became of a received message: "3 results used, 1 not". */
export function eventText({ taken, ignored }: { taken: number; ignored: number }): string {
  const used = `${formatCount(taken, "result")} used`;
  return ignored === 0 ? used : `${used}, ${formatCount(ignored, "result")} not`;
}
