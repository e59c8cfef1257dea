export {
  IMPORT_NOTE_CODES,
  type ImportedAgency,
  type ImportFailure,
  type ImportNote,
  type ImportNoteCode,
  type ImportResult,
  MAX_SOURCE_LENGTH,
} from './importResult.ts'
export { importText } from './importText.ts'
