import { Skeleton } from "@/components/ui/skeleton";

const WIDTHS = ["w-2/3", "w-1/2", "w-full", "w-3/4", "w-1/3", "w-1/4"];

/** A record's panel while it loads. */
export function PanelSkeleton() {
  return (
    <div aria-busy className="flex flex-col gap-4 px-5 py-5">
      {WIDTHS.map((width) => (
        <div key={width} className="grid grid-cols-[6.5rem_minmax(0,1fr)] gap-3">
          <Skeleton className="h-4 w-20" />
          <Skeleton className={`h-4 ${width}`} />
        </div>
      ))}
    </div>
  );
}
