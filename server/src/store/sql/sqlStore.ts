import type { Store } from '../store.ts'
import type { RunOperation } from './operations.ts'

/** The store's interfaces on top of its operations, wherever those run. */
export function sqlStore(run: RunOperation, close: () => Promise<void>): Store {
  return {
    log: {
      append: (batch) => run('append', batch),
      open: (meeting) => run('openMeeting', meeting),
      rows: (meeting, after, limit) => run('logRows', meeting, after, limit),
      saveSnapshot: (meeting, seq, update, stateVector) => run('saveSnapshot', meeting, seq, update, stateVector),
    },
    council: {
      council: () => run('council'),
      createCouncil: (council, agencies) => run('createCouncil', council, agencies),
      agencies: () => run('agencies'),
      addAgency: (agency) => run('addAgency', agency),
      people: () => run('people'),
      person: (id) => run('person', id),
      personByEmail: (email) => run('personByEmail', email),
      addPerson: (person, now) => run('addPerson', person, now),
      changePerson: (id, change) => run('changePerson', id, change),
      removePerson: (id, now) => run('removePerson', id, now),
    },
    sessions: {
      create: (session, secret) => run('createSession', session, secret),
      find: (secret, limits, now) => run('findSession', secret, limits, now),
      findById: (id, limits) => run('findSessionById', id, limits),
      touch: (id, seenAt) => run('touchSession', id, seenAt),
      rotate: (id, secret, oldUntil) => run('rotateSession', id, secret, oldUntil),
      end: (id) => run('endSession', id),
      endAll: (person) => run('endAllSessions', person),
      prune: (limits, now) => run('pruneSignIn', limits, now),
    },
    links: {
      create: (token, link) => run('createLink', token, link),
      look: (token, now) => run('lookAtLink', token, now),
      consume: (token, now) => run('consumeLink', token, now),
    },
    meetings: {
      create: (meeting, members, row, clientId) => run('createMeeting', meeting, members, row, clientId),
      get: (id) => run('getMeeting', id),
      all: () => run('allMeetings'),
      list: (person) => run('listMeetings', person),
      members: (id) => run('meetingMembers', id),
      participation: (id, person) => run('participation', id, person),
      addMember: (id, person, role) => run('addMember', id, person, role),
      changeMember: (id, person, role) => run('changeMember', id, person, role),
      removeMember: (id, person) => run('removeMember', id, person),
      markOpened: (id, person) => run('markOpened', id, person),
      saveIndex: (id, seq, index) => run('saveIndex', id, seq, index),
    },
    ping: () => run('ping'),
    close,
  }
}
