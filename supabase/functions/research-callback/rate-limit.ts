import type { RateLimit } from "../_shared/rate-limit.ts";

/** Messages that an integration hands in. */
export const CALLBACKS: RateLimit = {
  bucket: "callbacks",
  perSecond: 50,
  burst: 500,
  refusal: (wait) =>
    `This integration hands in more than 50 messages a second. Nothing of this one was taken: send it again in ${wait}.`,
};

/** Messages that somebody sends in an integration's name. */
export const FORGERIES: RateLimit = {
  bucket: "forgeries",
  perSecond: 5,
  burst: 20,
  refusal: (wait) =>
    `Too many messages come for this integration that it did not sign. Check the secret or the token, and send this one again in ${wait}.`,
};
