import { Link } from "react-router-dom";
import { Avatar } from "@/components/ui/avatar";
import { buttonVariants } from "@/components/ui/button";
import { Card, CardContent, CardHeader, CardTitle } from "@/components/ui/card";
import { formatDate } from "@/lib/format";
import { useSession } from "@/stores/session";

/** Who is signed in, and the way to a new password. */
export function ProfileSettings() {
  const user = useSession((state) => state.user);
  if (!user) return null;
  return (
    <Card>
      <CardHeader>
        <CardTitle>Profile</CardTitle>
      </CardHeader>
      <CardContent className="flex flex-wrap items-center gap-3">
        <Avatar name={user.email ?? ""} className="size-9 text-sm" />
        <div className="flex min-w-48 flex-1 flex-col">
          <span className="truncate font-medium">{user.email}</span>
          <span className="text-muted-foreground text-sm">Here since {formatDate(user.created_at)}</span>
        </div>
        <Link to="/reset-password" className={buttonVariants()}>
          Change password
        </Link>
      </CardContent>
    </Card>
  );
}
