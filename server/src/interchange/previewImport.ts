import type { ImportFailure } from '@justera/interchange'
import { ImportPreview } from '@justera/protocol'
import { withAgencyIds } from '../meetings/newMeeting.ts'
import type { Agency } from '../store/councilStore.ts'
import type { ImportReader } from './importReader.ts'

export type PreviewOutcome =
  | { readonly ok: true; readonly preview: ImportPreview }
  | { readonly ok: false; readonly reason: ImportFailure; readonly message: string; readonly details: string }

/** Reads minutes from text for a person to confirm; attendees are tied to the council's agencies. */
export async function previewImport(
  reader: ImportReader,
  source: string,
  agencies: readonly Agency[],
): Promise<PreviewOutcome> {
  const read = await reader.read(source)
  if (!read.ok) return read
  const minutes = withAgencyIds(read.minutes, agencies, read.agencies)
  return { ok: true, preview: ImportPreview.parse({ minutes, notes: read.notes }) }
}
