import { type LucideIcon, Monitor, Moon, Sun } from "lucide-react";
import type { Theme } from "@/stores/theme";

/** The themes to choose from. */
export const themes: { value: Theme; label: string; icon: LucideIcon }[] = [
  { value: "system", label: "System", icon: Monitor },
  { value: "light", label: "Light", icon: Sun },
  { value: "dark", label: "Dark", icon: Moon },
];
