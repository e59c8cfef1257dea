import { isStepBack, nextPhases, type Phase, type Role } from '@justera/adjustment'
import { createMinutesDoc, type MinutesInput, newId, readHeader, readItems, writeMinutes } from '@justera/minutes'
import * as Y from 'yjs'
import type { MeetingIndex, MeetingStore, StoredMeeting } from '../store/meetingStore.ts'
import type { MeetingId, PersonId, RowAuthor, UnixMs } from '../store/updateLog.ts'
import type { SyncService } from '../sync/syncService.ts'

type PhaseMoved =
  | { readonly ok: true }
  | {
      readonly ok: false
      readonly reason: 'unknown-meeting' | 'not-from-here' | 'reason-missing' | 'storage'
    }

/** Meetings as commands: creating them, moving them on, listing them. Text is the sync service's. */
export type Meetings = {
  create(
    minutes: MinutesInput,
    origin: 'create' | 'import',
    phase: Phase,
    actor: PersonId | null,
    members: readonly { readonly person: PersonId; readonly role: Role }[],
  ): Promise<MeetingId>
  movePhase(id: MeetingId, to: Phase, reason: string, author: RowAuthor): Promise<PhaseMoved>
  /** The meeting with title, date and item count as the committed document has them now. */
  upToDate(meeting: StoredMeeting): Promise<StoredMeeting>
}

export function createMeetings(
  store: MeetingStore,
  sync: Pick<SyncService, 'read' | 'changePhase'>,
  now: () => UnixMs,
): Meetings {
  return {
    create: (minutes, origin, phase, actor, members) =>
      createMeeting(store, { minutes, origin, phase, actor, members, now: now() }),

    async movePhase(id, to, reason, author) {
      const meeting = await store.get(id)
      if (meeting === null) return { ok: false, reason: 'unknown-meeting' }
      if (!nextPhases(meeting.phase).includes(to)) return { ok: false, reason: 'not-from-here' }
      if (isStepBack(meeting.phase, to) && reason === '') return { ok: false, reason: 'reason-missing' }
      return sync.changePhase(id, meeting.phase, to, author, reason)
    },

    async upToDate(meeting) {
      if (meeting.indexedSeq >= meeting.head.seq) return meeting
      const found = await sync.read(meeting.id, (doc, head) => ({ index: indexOf(doc), seq: head.seq }))
      if (found === null) return meeting
      await store.saveIndex(meeting.id, found.seq, found.index)
      return { ...meeting, ...found.index, indexedSeq: found.seq }
    },
  }
}

/**
 * Builds the document and stores it as the first row of a new log, written by the server.
 * This is the only place where a document gets content without a person's frame.
 */
export async function createMeeting(
  store: MeetingStore,
  made: {
    readonly minutes: MinutesInput
    readonly origin: 'create' | 'import'
    readonly phase: Phase
    /** on whose behalf; null: by a command on the server */
    readonly actor: PersonId | null
    readonly members: readonly { readonly person: PersonId; readonly role: Role }[]
    readonly now: UnixMs
  },
): Promise<MeetingId> {
  const id = newId<MeetingId>()
  const doc = createMinutesDoc()
  writeMinutes(doc, made.minutes)
  await store.create(
    { ...indexOf(doc), id, phase: made.phase },
    made.members,
    {
      kind: 'update',
      at: made.now,
      payload: Y.encodeStateAsUpdate(doc),
      author: 'server',
      agency: null,
      role: 'server',
      session: 'server',
      ...(made.actor !== null && { actor: made.actor }),
      origin: made.origin,
    },
    doc.clientID,
  )
  doc.destroy()
  return id
}

function indexOf(doc: Y.Doc): MeetingIndex {
  const { subject, meeting, date } = readHeader(doc)
  return { title: subject, meeting, date, items: readItems(doc).length }
}
