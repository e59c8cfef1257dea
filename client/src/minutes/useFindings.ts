import { checkMinutes, type Finding, readMinutes } from '@justera/minutes'
import { useEffect, useState } from 'react'
import type * as Y from 'yjs'

/** Reading the whole text waits for a pause in everybody's typing of this length, at most the longer time. */
const REST_MS = 800
const AT_MOST_MS = 5_000

/** What a secretary would want to know before sending the minutes out; follows the document at a distance. */
export function useFindings(doc: Y.Doc): readonly Finding[] {
  const [findings, setFindings] = useState<readonly Finding[]>(() => checkMinutes(readMinutes(doc)))
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    let since: number | null = null
    const check = (): void => {
      since = null
      const next = checkMinutes(readMinutes(doc))
      setFindings((before) => (JSON.stringify(before) === JSON.stringify(next) ? before : next))
    }
    const changed = (): void => {
      const now = performance.now()
      since ??= now
      clearTimeout(timer)
      timer = setTimeout(check, Math.min(REST_MS, Math.max(since + AT_MOST_MS - now, 0)))
    }
    doc.on('update', changed)
    check()
    return () => {
      clearTimeout(timer)
      doc.off('update', changed)
    }
  }, [doc])
  return findings
}
