import { Menu as MenuPrimitive } from "@base-ui/react/menu";
import { Check } from "lucide-react";
import { cn } from "@/lib/cn";
import { popupClasses, popupItemClasses } from "./popup";
import type { StyledProps } from "./props";

export const DropdownMenu = MenuPrimitive.Root;
export const DropdownMenuTrigger = MenuPrimitive.Trigger;
export const DropdownMenuRadioGroup = MenuPrimitive.RadioGroup;

/** The menu's panel; `side` and `align` place it at its trigger. */
export function DropdownMenuContent({
  className,
  side = "bottom",
  align = "start",
  ...props
}: StyledProps<MenuPrimitive.Popup.Props> & Pick<MenuPrimitive.Positioner.Props, "side" | "align">) {
  return (
    <MenuPrimitive.Portal>
      <MenuPrimitive.Positioner
        className="z-50 outline-none"
        side={side}
        align={align}
        sideOffset={4}
        collisionPadding={8}
      >
        <MenuPrimitive.Popup
          className={cn(popupClasses, "max-h-(--available-height) min-w-44 overflow-y-auto", className)}
          {...props}
        />
      </MenuPrimitive.Positioner>
    </MenuPrimitive.Portal>
  );
}

/** One command of the menu. */
export function DropdownMenuItem({
  className,
  destructive = false,
  ...props
}: StyledProps<MenuPrimitive.Item.Props> & { destructive?: boolean }) {
  return (
    <MenuPrimitive.Item
      className={cn(
        popupItemClasses,
        destructive &&
          "text-destructive-text data-highlighted:bg-destructive-subtle [&_svg]:text-destructive-text!",
        className,
      )}
      {...props}
    />
  );
}

/** A link in the menu: `<DropdownMenuLinkItem render={<Link to="…" />}>`. */
export function DropdownMenuLinkItem({ className, ...props }: StyledProps<MenuPrimitive.LinkItem.Props>) {
  return <MenuPrimitive.LinkItem closeOnClick className={cn(popupItemClasses, className)} {...props} />;
}

/** One choice of a `DropdownMenuRadioGroup`. */
export function DropdownMenuRadioItem({
  className,
  children,
  ...props
}: StyledProps<MenuPrimitive.RadioItem.Props>) {
  return (
    <MenuPrimitive.RadioItem className={cn(popupItemClasses, "pr-8", className)} {...props}>
      {children}
      <MenuPrimitive.RadioItemIndicator className="absolute right-2">
        <Check className="size-3.5" />
      </MenuPrimitive.RadioItemIndicator>
    </MenuPrimitive.RadioItem>
  );
}

/** A heading inside a `DropdownMenuRadioGroup`. */
export function DropdownMenuLabel({ className, ...props }: StyledProps<MenuPrimitive.GroupLabel.Props>) {
  return (
    <MenuPrimitive.GroupLabel
      className={cn("px-2 py-1 font-medium text-muted-foreground text-xs", className)}
      {...props}
    />
  );
}

/** A hairline between groups. */
export function DropdownMenuSeparator({ className, ...props }: StyledProps<MenuPrimitive.Separator.Props>) {
  return <MenuPrimitive.Separator className={cn("-mx-1 my-1 h-px bg-border", className)} {...props} />;
}
