import type { BindingUndo } from '@justera/binding'
import type { Council, Me } from '@justera/protocol'
import { createContext, type ReactNode, useContext } from 'react'
import type { Awareness } from 'y-protocols/awareness'
import type * as Y from 'yjs'
import type { MeetingConnection } from '../sync/meetingConnection.ts'
import type { Announcer } from './announcer.ts'
import type { Drafts } from './drafts.ts'
import type { EditorRegistry } from './editorRegistry.ts'
import type { Floats } from './floatsStore.ts'
import type { NoticeBoard } from './notices.ts'
import type { PageHistory } from './pageHistory.ts'

export type Agency = Council['agencies'][number]

/** What every part of the page may reach for. Stays the same object for as long as the document does. */
export type MinutesPageParts = {
  readonly meetingId: string
  readonly connection: MeetingConnection
  readonly doc: Y.Doc
  readonly awareness: Awareness
  readonly undo: BindingUndo
  readonly history: PageHistory
  readonly editors: EditorRegistry
  readonly announcer: Announcer
  readonly notices: NoticeBoard
  readonly drafts: Drafts
  readonly floats: Floats
}

/** What changes seldom, and redraws most of the page when it does. */
export type MinutesSetting = {
  readonly writable: boolean
  readonly me: Me
  readonly agencies: readonly Agency[]
}

const Parts = createContext<MinutesPageParts | null>(null)
const Setting = createContext<MinutesSetting | null>(null)

export function MinutesProvider({
  parts,
  setting,
  children,
}: {
  readonly parts: MinutesPageParts
  readonly setting: MinutesSetting
  readonly children: ReactNode
}) {
  return (
    <Parts value={parts}>
      <Setting value={setting}>{children}</Setting>
    </Parts>
  )
}

/** @throws Error outside the minutes page */
export function useParts(): MinutesPageParts {
  const parts = useContext(Parts)
  if (parts === null) throw new Error('outside the minutes page')
  return parts
}

/** @throws Error outside the minutes page */
export function useSetting(): MinutesSetting {
  const setting = useContext(Setting)
  if (setting === null) throw new Error('outside the minutes page')
  return setting
}
