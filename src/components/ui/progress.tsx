import { Progress as ProgressPrimitive } from "@base-ui/react/progress";
import { cn } from "@/lib/cn";

interface ProgressProps {
  /** 0 to `max`; null while the length is not known. */
  value: number | null;
  max?: number;
  /** What is progressing, for assistive technology. */
  label: string;
  /** Read out instead of a bare percentage, such as "1,200 of 5,000 rows". */
  valueText?: string;
  tone?: "primary" | "success" | "warning" | "destructive";
  className?: string;
}

const tones = {
  primary: "bg-primary",
  success: "bg-success",
  warning: "bg-warning",
  destructive: "bg-destructive",
};

/** A thin progress bar. */
export function Progress({ value, max = 100, label, valueText, tone = "primary", className }: ProgressProps) {
  return (
    <ProgressPrimitive.Root
      value={value}
      max={max}
      aria-label={label}
      {...(valueText !== undefined && { getAriaValueText: () => valueText })}
      className={cn("w-full", className)}
    >
      <ProgressPrimitive.Track className="h-1.5 overflow-hidden rounded-full bg-accent">
        <ProgressPrimitive.Indicator
          className={cn(
            "h-full rounded-full transition-[width] duration-300 data-indeterminate:w-1/3 data-indeterminate:animate-pulse",
            tones[tone],
          )}
        />
      </ProgressPrimitive.Track>
    </ProgressPrimitive.Root>
  );
}
