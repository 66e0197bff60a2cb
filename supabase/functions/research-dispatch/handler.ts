import { requireToken } from "../_shared/auth.ts";
import type { SliceReport } from "../_shared/engine/slice.ts";
import { postHandler } from "../_shared/http.ts";

interface DispatchOptions {
  /** The token that only Vault and this function know. */
  token: string | undefined;
  runSlice: () => Promise<SliceReport>;
  /** Keeps the function alive until the promise settles. */
  waitUntil: (work: Promise<unknown>) => void;
  /** The most slices at once in this worker; a ring above that is a no-op, because those under way will look. */
  slicesAtOnce: number;
}

/** The doorbell: answers at once and researches in the background. */
export function createHandler({ token, runSlice, waitUntil, slicesAtOnce }: DispatchOptions) {
  let running = 0;
  return postHandler((request) => {
    requireToken(request, token);
    if (running >= slicesAtOnce) return Response.json({ started: false }, { status: 202 });
    running += 1;
    const slice = runSlice()
      .then((report) => console.log(JSON.stringify({ event: "slice", ...report })))
      .finally(() => {
        running -= 1;
      });
    waitUntil(slice);
    return Response.json({ started: true }, { status: 202 });
  });
}
