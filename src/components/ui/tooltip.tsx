import { Tooltip as TooltipPrimitive } from "@base-ui/react/tooltip";
import type { ReactElement, ReactNode } from "react";

interface TooltipProps {
  /** A few words; never the only place where something can be read. */
  content: ReactNode;
  /** The element the tooltip is for; it must have its own name (`aria-label` on an icon button). */
  children: ReactElement;
  side?: TooltipPrimitive.Positioner.Props["side"];
}

/** A hint on hover and keyboard focus. */
export function Tooltip({ content, children, side = "top" }: TooltipProps) {
  return (
    <TooltipPrimitive.Root>
      <TooltipPrimitive.Trigger render={children} />
      <TooltipPrimitive.Portal>
        <TooltipPrimitive.Positioner className="z-50" side={side} sideOffset={6} collisionPadding={8}>
          <TooltipPrimitive.Popup className="flex max-w-72 items-center gap-2 rounded-md bg-foreground px-2 py-1 text-background text-xs shadow-popover transition-opacity duration-100 data-ending-style:opacity-0 data-starting-style:opacity-0">
            {content}
          </TooltipPrimitive.Popup>
        </TooltipPrimitive.Positioner>
      </TooltipPrimitive.Portal>
    </TooltipPrimitive.Root>
  );
}
