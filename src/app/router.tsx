import type { ComponentType } from "react";
import { createBrowserRouter, Navigate, type RouteObject } from "react-router-dom";
import { GuestOnly } from "./GuestOnly";
import { NotFoundPage } from "./NotFoundPage";
import { RequireSession } from "./RequireSession";
import { PageError, RootError, RouteError } from "./RouteError";
import { SplashScreen } from "./SplashScreen";

/** A page that is fetched when it is first visited. */
function page(load: () => Promise<{ default: ComponentType }>): Pick<RouteObject, "lazy"> {
  return { lazy: async () => ({ Component: (await load()).default }) };
}

const campaignPages: RouteObject[] = [
  { index: true, element: <Navigate to="companies" replace /> },
  { path: "companies", ...page(() => import("./CompaniesRoute")) },
  { path: "contacts", ...page(() => import("./ContactsRoute")) },
  { path: "research", ...page(() => import("@/features/research/ResearchPage")) },
  { path: "research/:runId", ...page(() => import("@/features/research/ResearchPage")) },
  { path: "imports", ...page(() => import("@/features/imports/ImportsPage")) },
];

const settingsPages: RouteObject[] = [
  { index: true, ...page(() => import("./AccountRoute")) },
  { path: "workspace", ...page(() => import("./WorkspaceSettingsRoute")) },
  { path: "members", ...page(() => import("@/features/members/MembersPage")) },
  { path: "integrations", ...page(() => import("@/features/integrations/IntegrationsPage")) },
  { path: "integrations/deliveries", ...page(() => import("@/features/integrations/DeliveriesPage")) },
  { path: "integrations/events", ...page(() => import("@/features/integrations/EventsPage")) },
  { path: "integrations/:integrationId", ...page(() => import("@/features/integrations/IntegrationPage")) },
];

const signedInPages: RouteObject[] = [
  { index: true, element: <Navigate to="/campaigns" replace /> },
  { path: "campaigns", ...page(() => import("./CampaignsRoute")) },
  { path: "companies", ...page(() => import("./AllCompaniesRoute")) },
  { path: "contacts", ...page(() => import("./AllContactsRoute")) },
  {
    path: "c/:campaignId",
    ...page(() => import("./CampaignRoute")),
    children: [{ errorElement: <RouteError />, children: campaignPages }],
  },
  {
    path: "settings",
    ...page(() => import("@/features/settings/SettingsPage")),
    children: [{ errorElement: <RouteError />, children: settingsPages }],
  },
  { path: "*", element: <NotFoundPage /> },
];

const guestPages: RouteObject[] = [
  { path: "sign-in", ...page(() => import("@/features/auth/SignInPage")) },
  { path: "sign-up", ...page(() => import("@/features/auth/SignUpPage")) },
  { path: "forgot-password", ...page(() => import("@/features/auth/ForgotPasswordPage")) },
];

/** Every address of the app. An error stays inside the innermost frame, so that the shell around it keeps working. */
export function createAppRouter() {
  return createBrowserRouter([
    {
      HydrateFallback: SplashScreen,
      errorElement: <RootError />,
      children: [
        { element: <GuestOnly />, children: guestPages },
        { path: "invites/:inviteId", ...page(() => import("@/features/invites/InvitePage")) },
        { path: "reset-password", ...page(() => import("@/features/auth/ResetPasswordPage")) },
        {
          element: <RequireSession />,
          children: [
            {
              lazy: async () => ({ Component: (await import("./Shell")).Shell }),
              children: [{ errorElement: <PageError />, children: signedInPages }],
            },
          ],
        },
      ],
    },
  ]);
}
