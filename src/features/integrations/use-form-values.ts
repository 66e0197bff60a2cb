import { useState } from "react";

/**
 * For a form of fields that keep what is typed, whose values others may change meanwhile: with a new `key` it begins again with
 * theirs, unless somebody has typed in it.
 */
export function useFormValues(values: Readonly<Record<string, string>>) {
  const current = JSON.stringify(values);
  const [known, setKnown] = useState({ text: current, key: 0 });
  const [isTyped, setTyped] = useState(false);
  const isOther = known.text !== current;
  if (isOther && !isTyped) setKnown({ text: current, key: known.key + 1 });
  return {
    key: known.key,
    /** The values are others than those that the form began with, and something is typed. */
    isOutdated: isOther && isTyped,
    /** Something is typed that is not saved. */
    isTyped,
    typed: () => setTyped(true),
    /** What was typed is what is saved. */
    saved(now: Readonly<Record<string, string>>) {
      setKnown({ ...known, text: JSON.stringify(now) });
      setTyped(false);
    },
    /** Forgets what was typed. */
    beginAgain: () => setTyped(false),
  };
}
