export type { BlockDrawing, BlockFact, DrawBlock, FactKind } from './blockDrawing.ts'
export type { LeftOut, LeftOutKind } from './clipboard/leftOut.ts'
export {
  activeKind,
  activeMarks,
  indentBlocks,
  type KnownMark,
  outdentBlocks,
  setBlockAttribute,
  setBlockKind,
  setLink,
  toggleMark,
} from './commands.ts'
export { setEditable } from './editable.ts'
export { MinutesBinding, type MinutesBindingOptions } from './minutesBinding.ts'
export { blockNumbers } from './outlinePlugin.ts'
export { type Participant, type ParticipantState, readParticipants } from './participants.ts'
export { contentFrom, type DocumentJson } from './render.ts'
export { minutesSchemaExtensions, type SchemaOptions } from './schema.ts'
export { type BindingUndo, createUndo, type EditorHandle, type UndoOptions } from './undo.ts'
