import { Popover as PopoverPrimitive } from "@base-ui/react/popover";
import { cn } from "@/lib/cn";
import { popupClasses } from "./popup";
import type { StyledProps } from "./props";

export const Popover = PopoverPrimitive.Root;
export const PopoverTrigger = PopoverPrimitive.Trigger;
export const PopoverTitle = PopoverPrimitive.Title;

/** The popover's panel; give it `aria-label` or a `PopoverTitle`. */
export function PopoverContent({
  className,
  side = "bottom",
  align = "start",
  ...props
}: StyledProps<PopoverPrimitive.Popup.Props> & Pick<PopoverPrimitive.Positioner.Props, "side" | "align">) {
  return (
    <PopoverPrimitive.Portal>
      <PopoverPrimitive.Positioner
        className="z-50"
        side={side}
        align={align}
        sideOffset={4}
        collisionPadding={8}
        // One that grows gets a scrollbar: it does not leave its trigger's side while it is used.
        collisionAvoidance={{ fallbackAxisSide: "none" }}
      >
        <PopoverPrimitive.Popup
          className={cn(
            popupClasses,
            "max-h-(--available-height) w-72 max-w-(--available-width) overflow-y-auto p-3",
            className,
          )}
          {...props}
        />
      </PopoverPrimitive.Positioner>
    </PopoverPrimitive.Portal>
  );
}
