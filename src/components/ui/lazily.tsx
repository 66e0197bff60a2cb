import { type ReactNode, Suspense, useState } from "react";

interface LazilyProps {
  /** Once this has been true, the children stay. */
  when: boolean;
  /** Lazily loaded components, usually something that opens. */
  children: ReactNode;
}

/** Draws its children from the first time they are wanted, so that their code is fetched no earlier. */
export function Lazily({ when, children }: LazilyProps) {
  const [wanted, setWanted] = useState(when);
  if (when && !wanted) setWanted(true);
  return wanted ? <Suspense>{children}</Suspense> : null;
}
