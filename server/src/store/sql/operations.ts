import { type Kysely, sql } from 'kysely'
import {
  addAgency,
  addPerson,
  agencies,
  changePerson,
  council,
  createCouncil,
  people,
  person,
  personByEmail,
  removePerson,
} from './councilSql.ts'
import type { Database } from './database.ts'
import {
  addMember,
  allMeetings,
  changeMember,
  createMeeting,
  getMeeting,
  listMeetings,
  markOpened,
  meetingMembers,
  participation,
  removeMember,
  saveIndex,
} from './meetingSql.ts'
import {
  consumeLink,
  createLink,
  createSession,
  endAllSessions,
  endSession,
  findSession,
  findSessionById,
  lookAtLink,
  pruneSignIn,
  rotateSession,
  touchSession,
} from './signInSql.ts'
import { append, logRows, openMeeting, saveSnapshot } from './updateLogSql.ts'

/**
 * Everything that may be asked of the database. Each is complete in itself: no transaction stays open
 * from one to the next, so a database in another thread runs each for one message.
 */
export const OPERATIONS = {
  ping,
  append,
  openMeeting,
  logRows,
  saveSnapshot,
  council,
  createCouncil,
  agencies,
  addAgency,
  people,
  person,
  personByEmail,
  addPerson,
  changePerson,
  removePerson,
  createSession,
  findSession,
  findSessionById,
  touchSession,
  rotateSession,
  endSession,
  endAllSessions,
  pruneSignIn,
  createLink,
  lookAtLink,
  consumeLink,
  createMeeting,
  getMeeting,
  allMeetings,
  listMeetings,
  meetingMembers,
  participation,
  addMember,
  changeMember,
  removeMember,
  markOpened,
  saveIndex,
}

export type OperationName = keyof typeof OPERATIONS

/** Arguments of an operation, without the database. */
export type OperationArguments<Name extends OperationName> =
  Parameters<(typeof OPERATIONS)[Name]> extends [Kysely<Database>, ...infer Rest] ? Rest : never

export type OperationResult<Name extends OperationName> = Awaited<ReturnType<(typeof OPERATIONS)[Name]>>

/** Runs operations somewhere: in this thread, or in the one that holds the database. */
export type RunOperation = <Name extends OperationName>(
  name: Name,
  ...args: OperationArguments<Name>
) => Promise<OperationResult<Name>>

async function ping(db: Kysely<Database>): Promise<void> {
  await sql`select 1`.execute(db)
}
