import { createUndo } from '@justera/binding'
import type { ItemId } from '@justera/minutes'
import { useEffect, useState } from 'react'
import type { Awareness } from 'y-protocols/awareness'
import type * as Y from 'yjs'
import type { MeetingConnection } from '../sync/meetingConnection.ts'
import { createAnnouncer } from './announcer.ts'
import { createDrafts } from './drafts.ts'
import { createEditorRegistry } from './editorRegistry.ts'
import { createFloats } from './floatsStore.ts'
import type { MinutesPageParts } from './minutesContext.tsx'
import { createNoticeBoard } from './notices.ts'
import { createPageHistory } from './pageHistory.ts'

/** Everything that lives as long as one document does: undo, editors, announcements. Null for one moment at first. */
export function useMinutesParts(
  meetingId: string,
  connection: MeetingConnection,
  doc: Y.Doc,
  awareness: Awareness,
): MinutesPageParts | null {
  const [parts, setParts] = useState<MinutesPageParts | null>(null)
  useEffect(() => {
    const undo = createUndo(doc, { mayWrite: () => connection.meeting.getSnapshot().writable })
    const history = createPageHistory(undo)
    const announcer = createAnnouncer()
    const editors = createEditorRegistry()
    const notices = createNoticeBoard()
    const stopRevealing = undo.onReveal((itemId) => editors.reveal(itemId as ItemId, 'kept'))
    setParts({
      meetingId,
      connection,
      doc,
      awareness,
      undo,
      history,
      editors,
      announcer,
      notices,
      drafts: createDrafts(),
      floats: createFloats(),
    })
    return () => {
      stopRevealing()
      history.close()
      announcer.close()
      undo.destroy()
      setParts(null)
    }
  }, [meetingId, connection, doc, awareness])
  return parts?.doc === doc ? parts : null
}
