import { Check, Copy } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { toastError } from "@/components/ui/toast";
import { cn } from "@/lib/cn";

/** How long the check mark stays, in ms. */
const SHOWN_MS = 1_500;

interface CopyButtonProps {
  text: string;
  label: string;
  className?: string;
  tabIndex?: number;
}

/** Copies a text and says so by a check mark. */
export function CopyButton({ text, label, className, tabIndex }: CopyButtonProps) {
  const [copied, setCopied] = useState(false);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);

  async function copy() {
    try {
      await navigator.clipboard.writeText(text);
      setCopied(true);
      clearTimeout(timer.current);
      timer.current = setTimeout(() => setCopied(false), SHOWN_MS);
    } catch (error) {
      toastError(error);
    }
  }
  const Icon = copied ? Check : Copy;
  return (
    <button
      type="button"
      aria-label={copied ? "Copied" : label}
      tabIndex={tabIndex}
      className={cn(
        "inline-flex size-6 shrink-0 items-center justify-center rounded-sm text-muted-foreground hover:bg-accent hover:text-foreground",
        className,
      )}
      onClick={() => void copy()}
    >
      <Icon aria-hidden className={cn("size-3.5", copied && "text-success-text")} />
    </button>
  );
}
