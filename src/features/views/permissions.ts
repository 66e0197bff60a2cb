import type { Role, SavedView } from "@contracts";
import { can } from "@/lib/roles";

/** Which of the things people do with a saved view a user may do. */
export interface ViewPermissions {
  /** To rename it and to save what is shown in it. */
  edit: boolean;
  /** To share it, or to stop sharing it. */
  share: boolean;
  remove: boolean;
}

/** What the user may do with a view. Whoever was made a viewer may no longer change what others see, only withdraw it. */
export function viewPermissions(
  view: Pick<SavedView, "created_by" | "is_shared">,
  userId: string | undefined,
  role: Role,
): ViewPermissions {
  const mine = view.created_by === userId;
  const mayShare = can(role, "shareViews");
  return {
    edit: mine && (mayShare || !view.is_shared),
    share: mine && (mayShare || view.is_shared),
    remove: mine || (view.is_shared && can(role, "changeSettings")),
  };
}
