import type { Sender } from "../engine/slice.ts";
import type { Provider } from "./provider.ts";

/** Gives jobs to the built-in web researcher, one a batch. */
export function webSender(provider: Provider): Sender {
  return {
    kind: "web",
    atOnce: 10,
    perLane: 10,
    async send(_claim, { jobs }, signal) {
      return { outcomes: await provider.send(jobs, signal), deliveries: [], isPaid: true, seen: null };
    },
  };
}
