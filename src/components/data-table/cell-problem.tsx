import { Tooltip } from "@base-ui/react/tooltip";
import type { ReactNode } from "react";

interface CellProblemProps {
  id: string;
  /** The control it is about. */
  anchor: Element;
  children: ReactNode;
}

/** Why what is typed into a cell cannot be saved, over the rows below it: the table would cut it off. */
export function CellProblem({ id, anchor, children }: CellProblemProps) {
  return (
    <Tooltip.Root open>
      <Tooltip.Portal>
        <Tooltip.Positioner anchor={anchor} side="bottom" align="start" sideOffset={4} className="z-50">
          <Tooltip.Popup
            id={id}
            role="alert"
            className="max-w-80 break-words rounded-md bg-popover px-2.5 py-1.5 text-destructive-text text-sm shadow-popover"
          >
            {children}
          </Tooltip.Popup>
        </Tooltip.Positioner>
      </Tooltip.Portal>
    </Tooltip.Root>
  );
}
