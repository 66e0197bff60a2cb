import { isRefused, type Queue } from "./queue.ts";

/**
 * Completes jobs whose results are known; how many. If that fails, each alone; a result that cannot be stored for a job is forgotten, so
 * that it is asked for. Rejects when the database fails: the jobs stay in the queue.
 */
export async function completeKnown(
  queue: Pick<Queue, "completeKnown" | "forgetKnown">,
  jobIds: readonly number[],
): Promise<number> {
  try {
    return await queue.completeKnown(jobIds);
  } catch (error) {
    if (!isRefused(error)) throw error;
    console.error(error);
  }
  let completed = 0;
  for (const id of jobIds) {
    try {
      completed += await queue.completeKnown([id]);
    } catch (error) {
      if (!isRefused(error)) throw error;
      await queue.forgetKnown([id]);
    }
  }
  return completed;
}
