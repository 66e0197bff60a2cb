import { CircleAlert, CircleCheck, Info, TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { cn } from "@/lib/cn";

const looks = {
  info: { icon: Info, className: "bg-info-subtle text-info-text" },
  success: { icon: CircleCheck, className: "bg-success-subtle text-success-text" },
  warning: { icon: TriangleAlert, className: "bg-warning-subtle text-warning-text" },
  destructive: { icon: CircleAlert, className: "bg-destructive-subtle text-destructive-text" },
};

interface AlertProps {
  variant?: keyof typeof looks;
  title: ReactNode;
  children?: ReactNode;
  action?: ReactNode;
  className?: string;
}

/** A message inside the page. Errors are announced at once, the rest politely. */
export function Alert({ variant = "info", title, children, action, className }: AlertProps) {
  const { icon: Icon, className: look } = looks[variant];
  return (
    <div
      role={variant === "destructive" ? "alert" : "status"}
      className={cn("flex items-start gap-2.5 rounded-md px-3 py-2.5 text-sm", look, className)}
    >
      <Icon aria-hidden className="mt-0.5 size-4 shrink-0" />
      <div className="flex min-w-0 flex-1 flex-col gap-0.5">
        <p className="font-medium">{title}</p>
        {children && <div>{children}</div>}
      </div>
      {action}
    </div>
  );
}
