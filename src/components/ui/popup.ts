/** Classes shared by everything that floats over the page: menus, selects, popovers. */
export const popupClasses =
  "origin-(--transform-origin) rounded-lg bg-popover p-1 text-foreground text-sm shadow-popover outline-none transition-[transform,opacity] duration-100 data-ending-style:scale-98 data-starting-style:scale-98 data-ending-style:opacity-0 data-starting-style:opacity-0";

/** Classes of one row in a floating list. */
export const popupItemClasses =
  "relative flex min-h-7 cursor-default select-none items-center gap-2 rounded-md px-2 py-1 text-sm outline-none data-disabled:pointer-events-none data-highlighted:bg-accent data-disabled:opacity-50 [&_svg:not([class*='text-'])]:text-muted-foreground [&_svg:not([class*='size-'])]:size-4 [&_svg]:shrink-0";

/** Classes of the shade behind a modal. */
export const backdropClasses =
  "fixed inset-0 z-40 min-h-dvh bg-overlay transition-opacity duration-150 data-ending-style:opacity-0 data-starting-style:opacity-0";
