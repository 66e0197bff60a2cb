import { useEffect, useEffectEvent, useState } from "react";
import { useDraft } from "./use-draft";

/** How long, in ms, typing pauses before the list is searched. */
const DEBOUNCE_MS = 250;

/** The text of a search box: searched for after a pause, or at once when that is asked for. */
export function useTypedSearch(value: string, onChange: (value: string) => void) {
  const { draft, asked, edit, tell } = useDraft(value, onChange);
  const [composing, setComposing] = useState(false);
  const wanted = draft.trim();
  const search = useEffectEvent(() => tell(wanted));
  useEffect(() => {
    // Half a word of an input method is no word to search for.
    if (composing || wanted === asked) return;
    const timer = setTimeout(() => search(), DEBOUNCE_MS);
    return () => clearTimeout(timer);
  }, [composing, wanted, asked]);
  return {
    text: draft,
    type: edit,
    /** Shows a text and searches for it without a pause. */
    searchNow(text: string) {
      edit(text);
      tell(text.trim());
    },
    composition: {
      onCompositionStart: () => setComposing(true),
      onCompositionEnd: () => setComposing(false),
    },
  };
}
