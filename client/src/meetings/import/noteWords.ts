import type { ImportNote } from '@justera/protocol'
import i18next from 'i18next'
import { sv } from '../catalog.sv.ts'

type Code = keyof typeof sv.import.note

/** The importer's note in the page's language. A code that this page does not know yet is named by its level. */
export function noteWords({ code, level }: Pick<ImportNote, 'code' | 'level'>): string {
  return i18next.t(`meetings:import.note.${isKnown(code) ? code : level}`)
}

function isKnown(code: string): code is Code {
  return Object.hasOwn(sv.import.note, code)
}
