import { requireToken } from "../_shared/auth.ts";
import { Bell } from "../_shared/engine/bell.ts";
import type { SliceReport } from "../_shared/engine/slice.ts";
import { postHandler } from "../_shared/http.ts";

interface DispatchOptions {
  /** The token that only Vault and this function know. */
  token: string | undefined;
  /** `bell` is rung when there may be more to do. */
  runSlice: (bell: Bell) => Promise<SliceReport>;
  /** Keeps the function alive until the promise settles. */
  waitUntil: (work: Promise<unknown>) => void;
  /** The most slices at once in this worker; a ring above that only makes those under way look. */
  slicesAtOnce: number;
}

/** The doorbell: answers at once and researches in the background. */
export function createHandler({ token, runSlice, waitUntil, slicesAtOnce }: DispatchOptions) {
  let running = 0;
  const bell = new Bell();
  return postHandler((request) => {
    requireToken(request, token);
    bell.ring();
    if (running >= slicesAtOnce) return Response.json({ started: false }, { status: 202 });
    running += 1;
    const slice = runSlice(bell)
      .then((report) => console.log(JSON.stringify({ event: "slice", ...report })))
      .finally(() => {
        running -= 1;
      });
    waitUntil(slice);
    return Response.json({ started: true }, { status: 202 });
  });
}
