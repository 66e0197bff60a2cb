import { Download } from "lucide-react";
import { lazy, Suspense, useState } from "react";
import { Button, type ButtonProps } from "@/components/ui/button";
import type { ExportRequest } from "./download";

const ExportDialog = lazy(() => import("./ExportDialog"));

interface ExportButtonProps {
  request: ExportRequest;
  variant?: ButtonProps["variant"];
  size?: ButtonProps["size"];
}

/** Offers the list that is shown, or what of it is selected, as a CSV file. */
export function ExportButton({ request, variant, size }: ExportButtonProps) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button variant={variant} size={size} disabled={request.total === 0} onClick={() => setOpen(true)}>
        <Download />
        Export
      </Button>
      {open && (
        <Suspense>
          <ExportDialog request={request} onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  );
}
