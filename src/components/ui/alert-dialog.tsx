import { AlertDialog as AlertDialogPrimitive } from "@base-ui/react/alert-dialog";
import type { ReactNode } from "react";
import { Button } from "./button";
import { backdropClasses } from "./popup";

interface AlertDialogProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: ReactNode;
  /** What will happen and whether it can be undone. */
  description: ReactNode;
  /** The verb of the deed, such as "Delete campaign". */
  confirmLabel: string;
  onConfirm: () => void;
  cancelLabel?: string;
  destructive?: boolean;
  pending?: boolean;
  /** The confirm button waits, for example until a name has been typed. */
  confirmDisabled?: boolean;
  children?: ReactNode;
}

/** Asks before something that cannot be taken back. It closes by its two buttons and Escape only. */
export function AlertDialog({
  open,
  onOpenChange,
  title,
  description,
  confirmLabel,
  onConfirm,
  cancelLabel = "Cancel",
  destructive = false,
  pending = false,
  confirmDisabled = false,
  children,
}: AlertDialogProps) {
  return (
    <AlertDialogPrimitive.Root open={open} onOpenChange={onOpenChange}>
      <AlertDialogPrimitive.Portal>
        <AlertDialogPrimitive.Backdrop className={backdropClasses} />
        <AlertDialogPrimitive.Viewport className="fixed inset-0 z-50 flex items-start justify-center overflow-y-auto px-4 py-[14vh] max-sm:py-4">
          <AlertDialogPrimitive.Popup className="w-full max-w-md rounded-xl bg-popover text-foreground shadow-popover outline-none transition-[transform,opacity] duration-150 data-ending-style:scale-98 data-starting-style:scale-98 data-ending-style:opacity-0 data-starting-style:opacity-0">
            <form
              className="flex flex-col gap-4 p-5"
              onSubmit={(event) => {
                event.preventDefault();
                if (!confirmDisabled && !pending) onConfirm();
              }}
            >
              <div className="flex flex-col gap-1">
                <AlertDialogPrimitive.Title className="font-semibold text-lg">
                  {title}
                </AlertDialogPrimitive.Title>
                <AlertDialogPrimitive.Description className="text-muted-foreground text-sm">
                  {description}
                </AlertDialogPrimitive.Description>
              </div>
              {children}
              <div className="flex justify-end gap-2 max-sm:flex-col-reverse">
                <AlertDialogPrimitive.Close render={<Button />}>{cancelLabel}</AlertDialogPrimitive.Close>
                <Button
                  type="submit"
                  variant={destructive ? "destructive" : "primary"}
                  pending={pending}
                  disabled={confirmDisabled}
                >
                  {confirmLabel}
                </Button>
              </div>
            </form>
          </AlertDialogPrimitive.Popup>
        </AlertDialogPrimitive.Viewport>
      </AlertDialogPrimitive.Portal>
    </AlertDialogPrimitive.Root>
  );
}
