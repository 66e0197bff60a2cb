import { Download } from "lucide-react";
import { lazy, Suspense, useState } from "react";
import { Button, type ButtonProps } from "@/components/ui/button";
import type { ExportRequest } from "./download";

const ExportDialog = lazy(() => import("./ExportDialog"));

interface ExportButtonProps {
  request: ExportRequest;
  /** How many rows that is, null when not known. */
  total: number | null;
  variant?: ButtonProps["variant"];
  size?: ButtonProps["size"];
}

/** Offers the list that is shown, or what of it is selected, as a CSV file. */
export function ExportButton({ request, total, variant, size }: ExportButtonProps) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button variant={variant} size={size} disabled={total === 0} onClick={() => setOpen(true)}>
        <Download />
        Export
      </Button>
      {open && (
        <Suspense>
          <ExportDialog request={request} total={total} onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  );
}
