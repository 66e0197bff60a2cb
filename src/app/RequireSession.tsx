import { Navigate, Outlet, useLocation } from "react-router-dom";
import { useSession } from "@/stores/session";
import { SplashScreen } from "./SplashScreen";

/** Lets signed-in users through; sends others to sign in and back here afterwards, unless they have just signed out. */
export function RequireSession() {
  const { user, ended } = useSession();
  const { pathname, search, hash } = useLocation();
  if (user === undefined) return <SplashScreen />;
  if (user === null) {
    const path = pathname + search + hash;
    const next = path === "/" || ended === "asked" ? "" : `?${new URLSearchParams({ next: path })}`;
    return <Navigate to={`/sign-in${next}`} replace />;
  }
  return <Outlet />;
}
