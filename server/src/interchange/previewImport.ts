import { type ImportFailure, importText } from '@justera/interchange'
import { ImportPreview } from '@justera/protocol'
import { withAgencyIds } from '../meetings/newMeeting.ts'
import type { Agency } from '../store/councilStore.ts'

export type PreviewOutcome =
  | { readonly ok: true; readonly preview: ImportPreview }
  | { readonly ok: false; readonly reason: ImportFailure; readonly message: string; readonly details: string }

/** Reads minutes from text for a person to confirm; attendees are tied to the council's agencies. */
export function previewImport(source: string, agencies: readonly Agency[]): PreviewOutcome {
  const read = importText(source)
  if (!read.ok) return read
  const minutes = withAgencyIds(read.minutes, agencies, read.agencies)
  return { ok: true, preview: ImportPreview.parse({ minutes, notes: read.notes }) }
}
