import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  redirect,
} from '@tanstack/react-router'
import { AppRoot } from './AppRoot.tsx'
import { meQuery, queryClient } from './queries.ts'
import { onSignedOut, requestErrorOf } from './request.ts'
import { RouteFailure, RouteNotFound, RoutePending } from './StatePage.tsx'
import { isOwnPath, takeTarget } from './signInTarget.ts'

const root = createRootRoute({ component: AppRoot })

/** Everything below needs a signed-in person; without one the sign-in page keeps where they wanted to go. */
const signedIn = createRoute({
  getParentRoute: () => root,
  id: 'signed-in',
  component: Outlet,
  beforeLoad: async ({ location }) => {
    try {
      await queryClient.ensureQueryData(meQuery)
    } catch (thrown) {
      if (requestErrorOf(thrown).status === 401) throw redirect({ to: '/sign-in', search: nextOf(location.href) })
      throw thrown
    }
  },
})

const meetings = createRoute({
  getParentRoute: () => signedIn,
  path: '/',
  beforeLoad: () => {
    const target = takeTarget()
    if (target !== undefined) throw redirect({ href: target })
  },
  component: lazyRouteComponent(() => import('../meetings/MeetingsPage.tsx'), 'MeetingsPage'),
})

const newMeeting = createRoute({
  getParentRoute: () => signedIn,
  path: '/meetings/new',
  component: lazyRouteComponent(() => import('../meetings/NewMeetingPage.tsx'), 'NewMeetingPage'),
})

const importMinutes = createRoute({
  getParentRoute: () => signedIn,
  path: '/meetings/import',
  component: lazyRouteComponent(() => import('../meetings/import/ImportPage.tsx'), 'ImportPage'),
})

const minutes = createRoute({
  getParentRoute: () => signedIn,
  path: '/meetings/$meetingId',
  component: lazyRouteComponent(() => import('../minutes/MinutesPage.tsx'), 'MinutesPage'),
})

const meetingPeople = createRoute({
  getParentRoute: () => signedIn,
  path: '/meetings/$meetingId/people',
  component: lazyRouteComponent(() => import('../people/MeetingPeoplePage.tsx'), 'MeetingPeoplePage'),
})

const people = createRoute({
  getParentRoute: () => signedIn,
  path: '/people',
  component: lazyRouteComponent(() => import('../people/PeoplePage.tsx'), 'PeoplePage'),
})

const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  validateSearch: (search: Record<string, unknown>): { next?: string } =>
    typeof search.next === 'string' && isOwnPath(search.next) ? { next: search.next } : {},
  component: lazyRouteComponent(() => import('../signin/SignInPage.tsx'), 'SignInPage'),
})

const accessibility = createRoute({
  getParentRoute: () => root,
  path: '/accessibility',
  component: lazyRouteComponent(() => import('../accessibility/AccessibilityPage.tsx'), 'AccessibilityPage'),
})

export const router = createRouter({
  routeTree: root.addChildren([
    signedIn.addChildren([meetings, newMeeting, importMinutes, minutes, meetingPeople, people]),
    signIn,
    accessibility,
  ]),
  defaultPendingComponent: RoutePending,
  defaultPendingMs: 0,
  defaultPendingMinMs: 0,
  defaultErrorComponent: RouteFailure,
  defaultNotFoundComponent: RouteNotFound,
  defaultPreload: 'intent',
  scrollRestoration: true,
})

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router
  }
}

onSignedOut(() => {
  const { pathname, href } = router.state.location
  // The very first question, whether anybody is signed in, is answered by the guard above.
  if (queryClient.getQueryData(meQuery.queryKey) === undefined || pathname === '/sign-in') return
  queryClient.clear()
  void router.navigate({ to: '/sign-in', search: nextOf(href) })
})

function nextOf(href: string): { next?: string } {
  return href !== '/' && isOwnPath(href) ? { next: href } : {}
}
