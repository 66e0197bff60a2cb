import { Cron } from "croner";

const secondsPattern = /^\s*(\d{1,2})\s+seconds?\s*$/i;

/**
 * Calls `run` whenever a pg_cron schedule is due: '1 second' to '59 seconds', or five fields in UTC where $ is the
 * month's last day. Returns a function that ends it. Throws when it is no such schedule.
 */
export function every(schedule: string, run: () => void): () => void {
  const seconds = Number(secondsPattern.exec(schedule)?.[1] ?? Number.NaN);
  if (seconds >= 1 && seconds <= 59) {
    const timer = setInterval(run, seconds * 1000);
    return () => clearInterval(timer);
  }
  const cron = new Cron(schedule.trim().replaceAll("$", "L"), { timezone: "UTC", mode: "5-part" }, run);
  return () => cron.stop();
}
