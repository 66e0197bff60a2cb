import { useEffect, useRef, useState } from "react";

/**
 * What a control shows while a value is typed into it. The value may follow late, as an address does: what was told
 * from here and comes back leaves the draft alone, a value from elsewhere (the back button, "Clear filters") replaces it.
 * `asked` is the value once everything told has arrived.
 */
export function useDraft(value: string, onChange: (value: string) => void) {
  const [draft, edit] = useState(value);
  const [asked, setAsked] = useState(value);
  /** What was told and has not come back as the value yet, oldest first. */
  const told = useRef<readonly string[]>([]);
  const seen = useRef(value);

  // Not while rendering: a transition that is given up would leave its state behind for the next key.
  useEffect(() => {
    if (value === seen.current) return;
    seen.current = value;
    const at = told.current.indexOf(value);
    told.current = at === -1 ? [] : told.current.slice(at + 1);
    if (at !== -1) return;
    edit(value);
    setAsked(value);
  }, [value]);

  return {
    draft,
    asked,
    edit,
    tell(next: string) {
      if (next === asked) return;
      told.current = [...told.current, next];
      setAsked(next);
      onChange(next);
    },
  };
}
