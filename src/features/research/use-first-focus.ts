import { type RefObject, useEffect, useRef } from "react";

/** The first checkbox that can be ticked. */
const firstOf = (fields: RefObject<HTMLElement | null>) =>
  fields.current?.querySelector<HTMLElement>("[role=checkbox]:not([aria-disabled=true])") ?? null;

/** What has the focus in a dialog whose first fields come later: the dialog itself, whose title is read then, and after that the first field. */
export function useFirstFocus(areFieldsThere: boolean) {
  const panel = useRef<HTMLDivElement>(null);
  const fields = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // Whoever has moved on meanwhile stays there.
    if (areFieldsThere && document.activeElement === panel.current) firstOf(fields)?.focus();
  }, [areFieldsThere]);
  return { panel, fields, initialFocus: () => firstOf(fields) ?? panel.current };
}
