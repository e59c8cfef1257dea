import type { Phase } from '@justera/adjustment'
import { CLOSE } from '@justera/protocol'
import type { Logger } from 'pino'
import type { MeetingId } from '../store/updateLog.ts'
import type { WaitingFrame } from './batch.ts'
import type { Claims } from './claims.ts'
import { judgeUpdate, type Verdict } from './gate.ts'
import type { Limits } from './limits.ts'
import { findOverwritten, type Overwritten } from './overwritten.ts'
import type { RoomDocument } from './roomDocument.ts'
import type { SyncMetrics } from './syncMetrics.ts'

/** What the room knows while it takes frames, and where it collects what they overwrite. */
export type Taking = {
  readonly meeting: MeetingId
  readonly phase: Phase
  readonly claims: Claims
  readonly overwritten: Overwritten[]
  readonly limits: Limits
  readonly logger: Logger
  readonly metrics: SyncMetrics
}

/** What is to be stored of a frame; `null`: nothing; 'owed': not yet; 'broken': the document must be loaded again. */
export type Taken = Uint8Array | null | 'owed' | 'broken'

/** Floor of what a step 2 may weigh; beyond it, it must be in proportion to the document. */
const STEP2_FLOOR_BYTES = 4 << 20
const STEP2_BYTES_PER_STRUCT = 16
const MAX_ASKED = 3

/** Judges a frame, applies it if it may pass, and tells its sender if it may not. */
export function takeFrame(frame: WaitingFrame, document: RoomDocument, taking: Taking): Taken {
  const { session, count } = frame
  const started = performance.now()
  const verdict = judge(frame, document, taking)
  let outcome: Taken = null
  switch (verdict.kind) {
    case 'noop':
    case 'drop':
      if (frame.type === 'step2') session.paid()
      break
    case 'gap':
      outcome = reportGap(frame, document)
      break
    case 'refuse':
      taking.metrics.refused(verdict.reason)
      taking.logger.warn(
        { meeting: taking.meeting, person: session.access.person, reason: verdict.reason, detail: verdict.detail },
        'update refused',
      )
      session.refuse(count, verdict.reason)
      break
    case 'accept': {
      const applied = document.apply(frame.update, session, verdict)
      if (!applied.ok) {
        taking.logger.error({ meeting: taking.meeting, detail: applied.detail }, 'update broke the document')
        session.refuse(count, 'content')
        session.close(CLOSE.forbidden, 'content')
        outcome = 'broken'
        break
      }
      for (const clientId of verdict.claims) {
        if (taking.claims.add(clientId, session.access.person)) session.claims++
      }
      if (frame.type === 'step2') {
        session.paid()
        session.refusal = null
      }
      if (verdict.keyWrites && applied.transaction !== null) {
        taking.overwritten.push(...findOverwritten(applied.transaction, taking.claims.ownerOf))
      }
      outcome = applied.update
      break
    }
    default:
      return unreachable(verdict)
  }
  taking.metrics.updateJudged(verdict.kind, performance.now() - started)
  return outcome
}

function judge(frame: WaitingFrame, document: RoomDocument, taking: Taking): Verdict {
  const { session, update } = frame
  if (update.length === 2 && update[0] === 0 && update[1] === 0) return { kind: 'noop' } // needs no Y.Doc
  const { limits } = taking
  if (frame.type === 'step2' && update.length > STEP2_FLOOR_BYTES) {
    let structs = 0
    for (const run of document.doc.store.clients.values()) structs += run.length
    if (update.length > STEP2_FLOOR_BYTES + structs * STEP2_BYTES_PER_STRUCT) {
      return { kind: 'refuse', reason: 'too-large', detail: `step 2 of ${update.length} bytes` }
    }
  }
  return judgeUpdate(
    update,
    {
      doc: document.doc,
      person: session.access.person,
      mayWrite: session.mayWrite(taking.phase),
      ownerOf: taking.claims.ownerOf,
    },
    {
      structs: frame.type === 'step2' ? limits.structsPerStep2 : limits.structsPerUpdate,
      claims: limits.claimsPerSocket - session.claims,
    },
  )
}

function reportGap({ session, count }: WaitingFrame, document: RoomDocument): 'owed' | null {
  if (session.refusal !== null) {
    session.refuse(count, session.refusal) // it builds on what was refused
    return null
  }
  const asked = session.owes
  session.owe(count)
  if (session.asked > MAX_ASKED) session.close(CLOSE.tryLater, 'gap')
  else if (!asked || session.asked === 0) session.askForState(document.stateVector())
  return 'owed'
}

function unreachable(value: never): never {
  throw new Error(`unreachable: ${JSON.stringify(value)}`)
}
