import { Toast as ToastPrimitive } from "@base-ui/react/toast";
import { CircleAlert, CircleCheck, Info, X } from "lucide-react";
import { useEffect } from "react";
import { Button } from "./button";
import { toasterIsReady, toastManager } from "./toast";

function ToastList() {
  const { toasts } = ToastPrimitive.useToastManager();
  return toasts.map((toast) => (
    <ToastPrimitive.Root
      key={toast.id}
      toast={toast}
      swipeDirection={["right", "down"]}
      className="rounded-lg bg-popover text-foreground shadow-popover transition-[opacity,translate] duration-200 data-ending-style:translate-x-4 data-starting-style:translate-y-2 data-ending-style:opacity-0 data-limited:opacity-0 data-starting-style:opacity-0"
    >
      <ToastPrimitive.Content className="flex items-start gap-2.5 p-3">
        {toast.type === "error" ? (
          <CircleAlert aria-hidden className="mt-0.5 size-4 shrink-0 text-destructive-text" />
        ) : toast.type === "news" ? (
          <Info aria-hidden className="mt-0.5 size-4 shrink-0 text-info-text" />
        ) : (
          <CircleCheck aria-hidden className="mt-0.5 size-4 shrink-0 text-success-text" />
        )}
        <div className="flex min-w-0 flex-1 flex-col gap-0.5 break-words">
          <ToastPrimitive.Title className="font-medium text-sm" />
          <ToastPrimitive.Description className="text-muted-foreground text-sm" />
          <ToastPrimitive.Action className="mt-1 w-fit font-medium text-primary-text text-sm underline-offset-4 hover:underline" />
        </div>
        <ToastPrimitive.Close
          render={<Button variant="ghost" size="icon-sm" aria-label="Dismiss" className="-m-1" />}
        >
          <X className="text-muted-foreground" />
        </ToastPrimitive.Close>
      </ToastPrimitive.Content>
    </ToastPrimitive.Root>
  ));
}

/** Draws the toasts; once, at the root. */
export default function Toaster() {
  useEffect(toasterIsReady, []);
  return (
    <ToastPrimitive.Provider toastManager={toastManager}>
      <ToastPrimitive.Portal>
        {/* Above the bar of what is selected, which is in use just then. */}
        <ToastPrimitive.Viewport className="fixed right-4 bottom-4 z-60 in-[body:has([data-selection-bar])]:bottom-28 in-[body:has([data-selection-bar])]:max-sm:bottom-48 flex w-90 max-w-[calc(100vw-2rem)] flex-col gap-2 outline-none">
          <ToastList />
        </ToastPrimitive.Viewport>
      </ToastPrimitive.Portal>
    </ToastPrimitive.Provider>
  );
}
