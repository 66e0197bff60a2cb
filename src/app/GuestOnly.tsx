import { Navigate, Outlet, useSearchParams } from "react-router-dom";
import { safePath } from "@/features/auth/safe-path";
import { useSession } from "@/stores/session";
import { SplashScreen } from "./SplashScreen";

/** The pages around signing in: whoever is signed in goes on to where they wanted. */
export function GuestOnly() {
  const user = useSession((state) => state.user);
  const [search] = useSearchParams();
  if (user === undefined) return <SplashScreen />;
  if (user) return <Navigate to={safePath(search.get("next"))} replace />;
  return <Outlet />;
}
