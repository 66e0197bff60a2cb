import { ArrowUp } from "lucide-react";
import { Button } from "@/components/ui/button";

interface NewRowsBannerProps {
  /** "12 new companies". */
  label: string;
  pending: boolean;
  onShow: () => void;
}

/** Tells that the list has grown, without moving it. */
export function NewRowsBanner({ label, pending, onShow }: NewRowsBannerProps) {
  return (
    <div className="pointer-events-none absolute inset-x-0 top-11 z-30 flex justify-center" role="status">
      <Button
        variant="primary"
        size="sm"
        className="pointer-events-auto rounded-full shadow-popover"
        pending={pending}
        onClick={onShow}
      >
        {!pending && <ArrowUp />}
        {label}
      </Button>
    </div>
  );
}
