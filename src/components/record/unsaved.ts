import { toastUnsaved } from "@/components/ui/toast";
import { describeError, isNotFound, RequestError } from "@/lib/errors";
import { tagsText } from "@/lib/tags";

/** An edit of one field. */
export interface FieldEdit {
  /** What the field is called. */
  label: string;
  /** The record's name; left out where it is plain which one it is. */
  of?: string;
  /** What was entered, null for an emptied field; left out for what is no text. */
  value?: string | null;
}

/** The answer of a server that knows better than this tab what the user may do. */
export const NOT_ALLOWED = new RequestError("The role does not allow this.", {
  status: 403,
  code: "forbidden",
});

/** The first field that an edit of a record changes, and to what. */
export function fieldEditOf(
  record: { name: string },
  edit: object,
  labels: ReadonlyMap<string, string>,
): FieldEdit {
  const [[field, value] = ["", undefined]]: [string, unknown][] = Object.entries(edit);
  const shown = { label: labels.get(field) ?? "A field", of: record.name };
  if (field === "owner_id") return shown;
  if (typeof value === "string" || value === null) return { ...shown, value };
  // Tags are the one field that holds a list.
  return Array.isArray(value) ? { ...shown, value: tagsText(value) } : shown;
}

/** What people read when an edit could not be saved: which, what they had entered, why, and what to do. */
export function unsavedText(error: unknown, { label, of, value }: FieldEdit) {
  const { title, message } = describeError(error);
  const entered = value ? `You entered “${value}”. ` : value === null ? "You emptied it. " : "";
  return {
    title: of === undefined ? `${label} was not saved` : `${label} of ${of} was not saved`,
    description: `${entered}${title}. ${message}`,
  };
}

/** Tells that an edit could not be saved, until that is put away; `again` is offered where it may help. */
export function tellUnsaved(error: unknown, edit: FieldEdit, again?: () => void): void {
  const refused = isNotFound(error) || (error instanceof RequestError && error.status === 403);
  toastUnsaved({
    ...unsavedText(error, edit),
    ...(again && !refused && { action: { label: "Save again", onClick: again } }),
  });
}
