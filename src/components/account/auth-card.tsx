import type { ReactNode } from "react";
import { Logo } from "@/components/ui/logo";

interface AuthCardProps {
  title: string;
  subtitle?: ReactNode;
  children: ReactNode;
  /** The way to the other pages of this kind. */
  footer?: ReactNode;
}

/** The frame of the pages around signing in. */
export function AuthCard({ title, subtitle, children, footer }: AuthCardProps) {
  return (
    <main className="flex min-h-dvh flex-col items-center bg-sidebar px-4 pt-[12vh] pb-10 max-sm:pt-10">
      <title>{`${title} · Aim for Leads`}</title>
      <div className="mb-6 flex items-center gap-2 font-semibold text-lg">
        <Logo className="size-7" />
        Aim for Leads
      </div>
      <div className="flex w-full max-w-96 flex-col gap-5 rounded-xl border bg-card p-6 shadow-xs">
        <div className="flex flex-col gap-1">
          <h1 className="font-semibold text-xl">{title}</h1>
          {subtitle && <p className="text-muted-foreground text-sm">{subtitle}</p>}
        </div>
        {children}
      </div>
      {footer && <p className="mt-5 text-center text-muted-foreground text-sm">{footer}</p>}
    </main>
  );
}
