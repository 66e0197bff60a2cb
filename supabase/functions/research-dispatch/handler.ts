import { requireToken } from "../_shared/auth.ts";
import { Bell } from "../_shared/engine/bell.ts";
import type { SliceReport } from "../_shared/engine/slice.ts";
import { postHandler } from "../_shared/http.ts";

interface DispatchOptions {
  /** The token that only Vault and this function know. */
  token: string | undefined;
  /** `bell` is rung when there may be more to do. */
  runSlice: (bell: Bell, onClaimsOver: () => void) => Promise<SliceReport>;
  /** Keeps the function alive until the promise settles. */
  waitUntil: (work: Promise<unknown>) => void;
  /** The most slices at once in this worker that claim; a ring above that only makes those under way look. */
  slicesAtOnce: number;
}

/** Slices that claim no more may wait long for slow receivers: they keep nobody from work, but so many are enough for one worker. */
const MOST_SLICES = 12;

/** The doorbell: answers at once and researches in the background. */
export function createHandler({ token, runSlice, waitUntil, slicesAtOnce }: DispatchOptions) {
  const running = new Set<symbol>();
  const claiming = new Set<symbol>();
  const bell = new Bell();
  return postHandler((request) => {
    requireToken(request, token);
    bell.ring();
    if (claiming.size >= slicesAtOnce || running.size >= MOST_SLICES) {
      return Response.json({ started: false }, { status: 202 });
    }
    const id = Symbol("slice");
    running.add(id);
    claiming.add(id);
    const slice = runSlice(bell, () => claiming.delete(id))
      .then((report) => console.log(JSON.stringify({ event: "slice", ...report })))
      .finally(() => {
        running.delete(id);
        claiming.delete(id);
      });
    waitUntil(slice);
    return Response.json({ started: true }, { status: 202 });
  });
}
