/** Classes of a link that looks like a tab; the open one has `aria-current="page"`. */
export const tabClasses =
  "relative inline-flex h-9 shrink-0 select-none items-center gap-1.5 whitespace-nowrap px-0.5 font-medium text-muted-foreground text-sm transition-colors after:absolute after:inset-x-0 after:-bottom-px after:h-0.5 after:rounded-full hover:text-foreground aria-[current=page]:text-foreground aria-[current=page]:after:bg-primary";
