import { Dialog as DialogPrimitive } from "@base-ui/react/dialog";
import { X } from "lucide-react";
import type { ComponentProps, ReactNode } from "react";
import { cn } from "@/lib/cn";
import { Button } from "./button";
import { backdropClasses } from "./popup";
import type { StyledProps } from "./props";

export const Dialog = DialogPrimitive.Root;
export const DialogClose = DialogPrimitive.Close;

interface DialogContentProps extends Omit<StyledProps<DialogPrimitive.Popup.Props>, "title"> {
  title: ReactNode;
  description?: ReactNode;
  /** No button in the corner: the content has its own way out. */
  hideClose?: boolean;
}

/** The modal's panel: title, optional description, then the children. Taller than the window it is scrolled, and its footer stays in view. */
export function DialogContent({
  className,
  title,
  description,
  hideClose,
  children,
  ...props
}: DialogContentProps) {
  return (
    <DialogPrimitive.Portal>
      <DialogPrimitive.Backdrop className={backdropClasses} />
      <DialogPrimitive.Viewport className="fixed inset-0 z-50 flex items-start justify-center scroll-pb-28 overflow-y-auto px-4 py-[10vh] max-sm:py-4">
        <DialogPrimitive.Popup
          className={cn(
            "relative flex w-full max-w-md flex-col gap-4 rounded-xl bg-popover p-5 text-foreground shadow-popover outline-none transition-[transform,opacity] duration-150 data-ending-style:scale-98 data-starting-style:scale-98 data-ending-style:opacity-0 data-starting-style:opacity-0",
            className,
          )}
          {...props}
        >
          <div className="flex flex-col gap-1 pr-8">
            <DialogPrimitive.Title className="font-semibold text-lg">{title}</DialogPrimitive.Title>
            {description && (
              <DialogPrimitive.Description className="text-muted-foreground text-sm">
                {description}
              </DialogPrimitive.Description>
            )}
          </div>
          {children}
          {!hideClose && (
            <DialogPrimitive.Close
              render={
                <Button
                  variant="ghost"
                  size="icon-sm"
                  aria-label="Close"
                  className="absolute top-4 right-4"
                />
              }
            >
              <X className="text-muted-foreground" />
            </DialogPrimitive.Close>
          )}
        </DialogPrimitive.Popup>
      </DialogPrimitive.Viewport>
    </DialogPrimitive.Portal>
  );
}

/**
 * The row of buttons that ends a dialog; the main one last. It stays at the bottom of the window while what is above it is scrolled
 * (which is below the padding that the window leaves around the dialog), and fades it out.
 */
export function DialogFooter({ className, ...props }: ComponentProps<"div">) {
  return (
    <div
      className={cn(
        "sticky -bottom-[10vh] z-10 -mx-5 -mb-5 flex justify-end gap-2 rounded-b-xl bg-popover px-5 pt-1 pb-5 before:pointer-events-none before:absolute before:inset-x-0 before:bottom-full before:h-3 before:bg-linear-to-t before:from-popover max-sm:-bottom-4 max-sm:flex-col-reverse",
        className,
      )}
      {...props}
    />
  );
}
