import { Member, Person } from '@justera/protocol'
import { queryOptions } from '@tanstack/react-query'
import { requestOrThrow, type Schema } from '../app/request.ts'

const PEOPLE: Schema<Person[]> = Person.array()
const MEMBERS: Schema<Member[]> = Member.array()

export const peopleQuery = queryOptions({
  queryKey: ['people'],
  queryFn: ({ signal }) => requestOrThrow(PEOPLE, '/api/people', { signal }),
})

export function membersQuery(meetingId: string) {
  return queryOptions({
    queryKey: ['meeting', meetingId, 'members'],
    queryFn: ({ signal }) => requestOrThrow(MEMBERS, `/api/meetings/${meetingId}/members`, { signal }),
  })
}
