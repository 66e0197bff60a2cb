import { useState } from "react";

interface State {
  draft: string;
  /** The value as it was last seen. */
  seen: string;
  /** What was told and has not come back as the value yet, oldest first. */
  told: readonly string[];
}

/**
 * What a control shows while a value is typed into it. The value may follow late, as an address does: what was told
 * from here and comes back leaves the draft alone, a value from elsewhere (the back button, "Clear filters") replaces it.
 * `asked` is the value once everything told has arrived.
 */
export function useDraft(value: string, onChange: (value: string) => void) {
  const [state, setState] = useState<State>({ draft: value, seen: value, told: [] });
  if (value !== state.seen) setState(see(state, value));
  const asked = state.told.at(-1) ?? value;
  return {
    draft: state.draft,
    asked,
    edit: (draft: string) => setState((before) => ({ ...before, draft })),
    tell(next: string) {
      if (next === asked) return;
      setState((before) => ({ ...before, told: [...before.told, next] }));
      onChange(next);
    },
  };
}

function see(state: State, value: string): State {
  const at = state.told.indexOf(value);
  if (at === -1) return { draft: value, seen: value, told: [] };
  return { ...state, seen: value, told: state.told.slice(at + 1) };
}
