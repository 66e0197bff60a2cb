import { Toast as ToastPrimitive } from "@base-ui/react/toast";
import { describeError } from "@/lib/errors";

/** The queue that `Toaster` draws. */
export const toastManager = ToastPrimitive.createToastManager();

let markReady: () => void = () => {};
/** The toaster is loaded after the first page; what is said before then waits for it. */
const ready = new Promise<void>((resolve) => {
  markReady = resolve;
});

/** Told by `Toaster` once it draws. */
export function toasterIsReady(): void {
  markReady();
}

interface ToastOptions {
  title: string;
  description?: string;
  action?: { label: string; onClick: () => void };
}

/** Tells that something the user just did has worked. */
export function toastSuccess({ title, description, action }: ToastOptions): void {
  void ready.then(() =>
    toastManager.add({
      type: "success",
      title,
      ...(description !== undefined && { description }),
      ...(action && { actionProps: { children: action.label, onClick: action.onClick } }),
    }),
  );
}

/** Tells of something that happened without the user's doing; stays for 10 seconds. */
export function toastNews({ title, description }: { title: string; description: string }): void {
  void ready.then(() => toastManager.add({ type: "news", title, description, timeout: 10_000 }));
}

/** Tells that what the user entered is not saved; stays until it is put away, so that it can be entered again. */
export function toastUnsaved({ title, description, action }: ToastOptions): void {
  void ready.then(() => {
    const id: string = toastManager.add({
      type: "error",
      title,
      description,
      priority: "high",
      timeout: 0,
      ...(action && {
        actionProps: {
          children: action.label,
          onClick: () => {
            toastManager.close(id);
            action.onClick();
          },
        },
      }),
    });
  });
}

/** Tells that something the user just did has failed, in `describeError`'s words; stays for 10 seconds. */
export function toastError(error: unknown): void {
  const { title, message } = describeError(error);
  void ready.then(() =>
    toastManager.add({ type: "error", title, description: message, priority: "high", timeout: 10_000 }),
  );
}
