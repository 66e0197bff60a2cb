import { Button } from "@/components/ui/button";
import { Card, CardContent, CardHeader, CardTitle } from "@/components/ui/card";
import { ErrorAlert } from "@/components/ui/error-alert";
import { Field } from "@/components/ui/field";
import { Form } from "@/components/ui/form";
import { Input } from "@/components/ui/input";
import { toastSuccess } from "@/components/ui/toast";
import { useRenameWorkspace, type Workspace } from "@/features/workspaces/queries";
import { can, whoCan } from "@/lib/roles";

/** The workspace's name; owners and admins may change it. */
export function WorkspaceSettings({ workspace }: { workspace: Workspace }) {
  const rename = useRenameWorkspace();
  const mayRename = can(workspace.role, "changeSettings");
  return (
    <Card>
      <CardHeader>
        <CardTitle>Workspace</CardTitle>
      </CardHeader>
      <CardContent>
        <Form<{ name: string }>
          onFormSubmit={({ name }) =>
            rename.mutate(
              { id: workspace.id, name: name.trim() },
              { onSuccess: () => toastSuccess({ title: "Workspace renamed" }) },
            )
          }
        >
          <ErrorAlert error={rename.error} />
          <div className="flex items-start gap-2">
            <Field
              name="name"
              label="Name"
              className="max-w-80 flex-1"
              validate={(value) => (value.trim() === "" ? "Give the workspace a name." : null)}
              {...(!mayRename && { description: whoCan("changeSettings") })}
            >
              <Input
                required
                maxLength={100}
                defaultValue={workspace.name}
                disabled={!mayRename}
                autoComplete="off"
              />
            </Field>
            {mayRename && (
              <Button type="submit" className="mt-6.5" pending={rename.isPending}>
                Save
              </Button>
            )}
          </div>
        </Form>
      </CardContent>
    </Card>
  );
}
