import { type RefObject, useEffect, useRef } from "react";
import { useLocation, useNavigationType } from "react-router-dom";
import { useLayout } from "@/stores/layout";

const positions = new Map<string, number>();

/**
 * What a browser does between real pages: after a navigation the new page starts at its top with its heading focused, going
 * back returns to where one was, and the sidebar's drawer closes. Focus stays where it is while its element is still on the page, as with tabs inside a page.
 */
export function usePageChanges(main: RefObject<HTMLElement | null>): void {
  const { pathname, key } = useLocation();
  const navigationType = useNavigationType();
  const shown = useRef(pathname);

  useEffect(() => {
    const element = main.current;
    if (!element) return;
    const remember = () => positions.set(key, element.scrollTop);
    element.addEventListener("scroll", remember, { passive: true });
    return () => element.removeEventListener("scroll", remember);
  }, [key, main]);

  useEffect(() => {
    const element = main.current;
    if (!element || shown.current === pathname) return;
    shown.current = pathname;
    useLayout.getState().setDrawerOpen(false);
    element.scrollTop = navigationType === "POP" ? (positions.get(key) ?? 0) : 0;
    if (element.contains(document.activeElement)) return;
    element.querySelector("h1")?.focus({ preventScroll: true });
  }, [pathname, key, navigationType, main]);
}
