import { Dialog as DialogPrimitive } from "@base-ui/react/dialog";
import { X } from "lucide-react";
import type { ReactNode } from "react";
import { cn } from "@/lib/cn";
import { Button } from "./button";
import { backdropClasses } from "./popup";
import type { StyledProps } from "./props";

export const Sheet = DialogPrimitive.Root;

interface SheetContentProps extends Omit<StyledProps<DialogPrimitive.Popup.Props>, "title"> {
  title: ReactNode;
  description?: ReactNode;
  side?: "left" | "right";
  /** Keep title and description for screen readers only. */
  titleHidden?: boolean;
}

/** A panel that slides in from the side, full height; as wide as the window on a phone at most. */
export function SheetContent({
  className,
  title,
  description,
  side = "right",
  titleHidden = false,
  children,
  ...props
}: SheetContentProps) {
  return (
    <DialogPrimitive.Portal>
      <DialogPrimitive.Backdrop className={backdropClasses} />
      <DialogPrimitive.Popup
        className={cn(
          "fixed inset-y-0 z-50 flex w-full max-w-lg flex-col bg-popover text-foreground shadow-popover outline-none transition-transform duration-200 ease-out",
          side === "right"
            ? "right-0 data-ending-style:translate-x-full data-starting-style:translate-x-full"
            : "left-0 data-ending-style:-translate-x-full data-starting-style:-translate-x-full",
          className,
        )}
        {...props}
      >
        <div className={cn("flex items-start gap-3 border-b px-5 py-4", titleHidden && "sr-only")}>
          <div className="flex min-w-0 flex-1 flex-col gap-0.5">
            <DialogPrimitive.Title className="truncate font-semibold text-lg">{title}</DialogPrimitive.Title>
            {description && (
              <DialogPrimitive.Description className="text-muted-foreground text-sm">
                {description}
              </DialogPrimitive.Description>
            )}
          </div>
          <DialogPrimitive.Close render={<Button variant="ghost" size="icon-sm" aria-label="Close" />}>
            <X className="text-muted-foreground" />
          </DialogPrimitive.Close>
        </div>
        {children}
      </DialogPrimitive.Popup>
    </DialogPrimitive.Portal>
  );
}
