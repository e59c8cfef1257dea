import { Members, People } from '@justera/protocol'
import { queryOptions } from '@tanstack/react-query'
import { requestOrThrow } from '../app/request.ts'

export const peopleQuery = queryOptions({
  queryKey: ['people'],
  queryFn: ({ signal }) => requestOrThrow(People, '/api/people', { signal }),
})

export function membersQuery(meetingId: string) {
  return queryOptions({
    queryKey: ['meeting', meetingId, 'members'],
    queryFn: ({ signal }) => requestOrThrow(Members, `/api/meetings/${meetingId}/members`, { signal }),
  })
}
