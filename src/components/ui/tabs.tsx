import { Tabs as TabsPrimitive } from "@base-ui/react/tabs";
import { cn } from "@/lib/cn";
import type { StyledProps } from "./props";

export const Tabs = TabsPrimitive.Root;

/** Classes of one tab, also for links that look like tabs (`aria-current="page"`). */
export const tabClasses =
  "relative inline-flex h-9 shrink-0 select-none items-center gap-1.5 whitespace-nowrap px-0.5 font-medium text-muted-foreground text-sm transition-colors after:absolute after:inset-x-0 after:-bottom-px after:h-0.5 after:rounded-full hover:text-foreground aria-[current=page]:text-foreground data-active:text-foreground aria-[current=page]:after:bg-primary data-active:after:bg-primary";

/** The row of tabs; give it an `aria-label`. */
export function TabsList({ className, ...props }: StyledProps<TabsPrimitive.List.Props>) {
  return <TabsPrimitive.List className={cn("flex gap-5 overflow-x-auto border-b", className)} {...props} />;
}

/** One tab. */
export function TabsTab({ className, ...props }: StyledProps<TabsPrimitive.Tab.Props>) {
  return <TabsPrimitive.Tab className={cn(tabClasses, className)} {...props} />;
}

/** What a tab shows. */
export function TabsPanel({ className, ...props }: StyledProps<TabsPrimitive.Panel.Props>) {
  return <TabsPrimitive.Panel className={cn("pt-4 outline-none", className)} {...props} />;
}
