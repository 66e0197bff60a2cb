import { Sheet, SheetContent } from "@/components/ui/sheet";
import { useLayout } from "@/stores/layout";
import { Sidebar } from "./Sidebar";

/** The sidebar on narrow screens. */
export default function SidebarDrawer() {
  const { drawerOpen, setDrawerOpen } = useLayout();
  return (
    <Sheet open={drawerOpen} onOpenChange={setDrawerOpen}>
      <SheetContent side="left" title="Menu" titleHidden className="max-w-72 bg-sidebar">
        <Sidebar />
      </SheetContent>
    </Sheet>
  );
}
