import { Card, CardContent, CardHeader, CardTitle } from "@/components/ui/card";
import { Field } from "@/components/ui/field";
import { Select } from "@/components/ui/select";
import { themes } from "@/components/ui/themes";
import { useTheme } from "@/stores/theme";

/** Light, dark or as the system. */
export function AppearanceSettings() {
  const { theme, setTheme } = useTheme();
  return (
    <Card>
      <CardHeader>
        <CardTitle>Appearance</CardTitle>
      </CardHeader>
      <CardContent>
        <Field label="Theme" className="max-w-60">
          <Select options={themes} value={theme} onValueChange={setTheme} />
        </Field>
      </CardContent>
    </Card>
  );
}
