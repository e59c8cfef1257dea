import { Council, Me, Meeting, MeetingList } from '@justera/protocol'
import { QueryClient, queryOptions, useQuery, useSuspenseQuery } from '@tanstack/react-query'
import { RequestFailed, requestOrThrow } from './request.ts'

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 10_000,
      // Only silence is worth asking again about; an answer stays the same.
      retry: (count, thrown) => count < 2 && thrown instanceof RequestFailed && thrown.error.status === 0,
    },
  },
})

export const meQuery = queryOptions({
  queryKey: ['me'],
  queryFn: ({ signal }) => requestOrThrow(Me, '/api/me', { signal }),
  staleTime: Number.POSITIVE_INFINITY,
})

export const councilQuery = queryOptions({
  queryKey: ['council'],
  queryFn: ({ signal }) => requestOrThrow(Council, '/api/council', { signal }),
  staleTime: 60_000,
})

export const meetingsQuery = queryOptions({
  queryKey: ['meetings'],
  queryFn: ({ signal }) => requestOrThrow(MeetingList, '/api/meetings', { signal }),
  // Who is in which meeting changes by the minute; the list asks again while somebody looks at it.
  refetchInterval: 15_000,
})

export function meetingQuery(meetingId: string) {
  return queryOptions({
    queryKey: ['meeting', meetingId],
    queryFn: ({ signal }) => requestOrThrow(Meeting, `/api/meetings/${meetingId}`, { signal }),
  })
}

/** The signed-in person. Only below the signed-in route, which has loaded it. */
export function useMe(): Me {
  return useSuspenseQuery(meQuery).data
}

/** The signed-in person where there may be none (public pages); asks nothing of the server. */
export function useSignedIn(): Me | undefined {
  return useQuery({ ...meQuery, enabled: false }).data
}

/** The council's agencies by id; empty while loading. */
export function useAgencies(): ReadonlyMap<string, Council['agencies'][number]> {
  return useQuery({ ...councilQuery, select: agenciesById }).data ?? NO_AGENCIES
}

const NO_AGENCIES: ReadonlyMap<string, Council['agencies'][number]> = new Map()

function agenciesById(council: Council): ReadonlyMap<string, Council['agencies'][number]> {
  return new Map(council.agencies.map((agency) => [agency.id, agency]))
}
