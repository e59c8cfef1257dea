import type { Meeting } from '@justera/protocol'
import { useEffect, useState } from 'react'
import { type MeetingConnection, openMeeting } from '../sync/meetingConnection.ts'

/**
 * The connection to a meeting, open for as long as the page is; opened anew after a restore (another epoch).
 * Phase and role of `meeting` only start it off: from then on the server pushes them.
 */
export function useMeetingConnection(meeting: Meeting | undefined, person: string): MeetingConnection | null {
  const [connection, setConnection] = useState<MeetingConnection | null>(null)
  const id = meeting?.id
  const epoch = meeting?.epoch
  const phase = meeting?.phase
  const role = meeting?.role
  // biome-ignore lint/correctness/useExhaustiveDependencies: a phase or role read again must not reopen the socket
  useEffect(() => {
    if (id === undefined || epoch === undefined || phase === undefined || role === undefined) return
    const opened = openMeeting({ meetingId: id, person, epoch, phase, role })
    setConnection(opened)
    return () => {
      opened.close()
      setConnection(null)
    }
  }, [id, epoch, person])
  return connection
}
