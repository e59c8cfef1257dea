import { newId } from '@justera/minutes'
import type { Agency, CouncilStore, Person, PersonAdded, PersonChanged } from '../store/councilStore.ts'
import type { AgencyId, PersonId, UnixMs } from '../store/updateLog.ts'
import type { AccessChanges } from './accessControl.ts'
import type { Sessions } from './sessions.ts'

/** The council's people; every change that touches access is announced to open sockets. */
export type People = {
  add(person: Omit<Person, 'id'>): Promise<PersonAdded>
  change(id: PersonId, change: Partial<Pick<Person, 'name' | 'agency' | 'role'>>): Promise<PersonChanged>
  remove(id: PersonId): Promise<PersonChanged>
  endSessions(id: PersonId): Promise<void>
  addAgency(name: string, shortName: string): Promise<Agency>
}

export function createPeople(
  store: CouncilStore,
  sessions: Sessions,
  changes: AccessChanges,
  now: () => UnixMs,
): People {
  return {
    add: (person) => store.addPerson({ ...person, id: newId<PersonId>() }, now()),
    async change(id, change) {
      const changed = await store.changePerson(id, change)
      if (changed.ok) changes.announce(id)
      return changed
    },
    async remove(id) {
      const removed = await store.removePerson(id, now())
      if (removed.ok) changes.announce(id)
      return removed
    },
    async endSessions(id) {
      await sessions.endAll(id)
      changes.announce(id)
    },
    addAgency: (name, shortName) => store.addAgency({ id: newId<AgencyId>(), name, shortName }),
  }
}
