import { Select as SelectPrimitive } from "@base-ui/react/select";
import { Check, ChevronsUpDown } from "lucide-react";
import { cn } from "@/lib/cn";
import { controlClasses } from "./input";
import { popupClasses, popupItemClasses } from "./popup";

export interface SelectOption<Value extends string> {
  value: Value;
  label: string;
  disabled?: boolean;
}

interface SelectProps<Value extends string> {
  options: readonly SelectOption<Value>[];
  value: Value | null;
  onValueChange: (value: Value) => void;
  placeholder?: string;
  disabled?: boolean;
  /** Needed where no `Field` labels it. */
  "aria-label"?: string;
  className?: string;
}

/** One choice from a short list. */
export function Select<Value extends string>({
  options,
  value,
  onValueChange,
  placeholder = "Choose…",
  disabled,
  className,
  ...props
}: SelectProps<Value>) {
  return (
    <SelectPrimitive.Root
      items={options}
      value={value}
      onValueChange={(next) => {
        if (next !== null) onValueChange(next);
      }}
      disabled={disabled}
    >
      <SelectPrimitive.Trigger
        aria-label={props["aria-label"]}
        className={cn(
          controlClasses,
          "inline-flex h-8 items-center justify-between pointer-coarse:text-sm gap-2 pr-2 pl-2.5 text-left data-placeholder:text-muted-foreground data-disabled:opacity-60",
          className,
        )}
      >
        <SelectPrimitive.Value className="truncate" placeholder={placeholder} />
        <SelectPrimitive.Icon>
          <ChevronsUpDown className="size-3.5 text-muted-foreground" />
        </SelectPrimitive.Icon>
      </SelectPrimitive.Trigger>
      <SelectPrimitive.Portal>
        <SelectPrimitive.Positioner className="z-50" sideOffset={4} alignItemWithTrigger={false}>
          <SelectPrimitive.Popup
            className={cn(popupClasses, "max-h-(--available-height) min-w-(--anchor-width) overflow-y-auto")}
          >
            <SelectPrimitive.List>
              {options.map((option) => (
                <SelectPrimitive.Item
                  key={option.value}
                  value={option.value}
                  disabled={option.disabled}
                  className={cn(popupItemClasses, "pr-8")}
                >
                  <SelectPrimitive.ItemText>{option.label}</SelectPrimitive.ItemText>
                  <SelectPrimitive.ItemIndicator className="absolute right-2">
                    <Check className="size-3.5" />
                  </SelectPrimitive.ItemIndicator>
                </SelectPrimitive.Item>
              ))}
            </SelectPrimitive.List>
          </SelectPrimitive.Popup>
        </SelectPrimitive.Positioner>
      </SelectPrimitive.Portal>
    </SelectPrimitive.Root>
  );
}
