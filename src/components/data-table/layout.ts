/** Heights in px; rows are all of one height, so that a list of any length can be scrolled without measuring. */
export const ROW_HEIGHT = 40;
export const HEADER_HEIGHT = 36;

/** What the selection's bar with its notice covers of the list on a phone, where it is highest, in px: the last row is scrolled above it. */
export const SELECTION_BAR_SPACE = 140;

/** Classes that keep the checkbox and the first column in place while the rest scrolls sideways. */
export const pinnedCheckbox = "sticky left-0 z-10";
export const pinnedCell = "sticky left-(--gutter) z-10 border-r";

/** The width of the column of checkboxes; without them just what indents the first column to the toolbar's edge. */
export function gutter(selectable: boolean): string {
  return selectable ? "48px" : "14px";
}

/** `grid-template-columns` of every row: `--gutter`, columns, and a filler up to the edge of the window. */
export function gridTemplate(widths: readonly number[]): string {
  const [pinned = 0, ...others] = widths;
  // On a phone the pinned column leaves room for the one being read.
  return [
    "var(--gutter)",
    `min(${pinned}px, 48vw)`,
    ...others.map((width) => `${width}px`),
    "minmax(0, 1fr)",
  ].join(" ");
}
