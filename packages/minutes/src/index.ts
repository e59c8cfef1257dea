export {
  BLOCK_ATTRIBUTES,
  BLOCK_KINDS,
  type Block,
  type BlockAttribute,
  type BlockAttributes,
  type BlockKind,
  blockAttributes,
  DEFAULT_BLOCK,
  isBlockKind,
  isOutcome,
  MAX_INDENT,
} from './block.ts'
export {
  appendBlocks,
  type BlockInput,
  createMarker,
  IMPLICIT_BLOCK_ID,
  markersOf,
  readBlocks,
  setMarkerAttribute,
} from './body.ts'
export {
  type CanonicalAttendee,
  type CanonicalBlock,
  type CanonicalItem,
  type CanonicalMinutes,
  type ContentHash,
  canonicalItem,
  canonicalJson,
  canonicalMinutes,
} from './canonical.ts'
export { checkMinutes, type Finding, type NextMeetingMention } from './checks.ts'
export { type AttendeeId, type BlockId, ID_PATTERN, type ItemId, newId, type PresenterId } from './ids.ts'
export {
  attributesFromMarks,
  type Inline,
  isSafeHref,
  MARK_TYPES,
  MAX_HREF_LENGTH,
  type Mark,
  type Mention,
  marksFromAttributes,
  plainText,
  type TextAttributes,
  type TextRun,
} from './inline.ts'
export { agendaOf, attendanceOf, attendeeOf, bodyOf, headerOf, itemOf, presentersOf, titleOf } from './layout.ts'
export {
  type AgendaItem,
  type Attendee,
  type Header,
  type Minutes,
  type Presenter,
  readAttendance,
  readHeader,
  readItems,
  readMinutes,
  readPresenters,
} from './minutes.ts'
export { createMinutesDoc } from './minutesDoc.ts'
export {
  ATTENDANCE_STATUSES,
  ATTENDEE_FIELDS,
  ATTENDEE_KEYS,
  type AttendanceStatus,
  type AttendeeField,
  HEADER_FIELDS,
  type HeaderField,
  ITEM_KEYS,
  MARKER_KEYS,
  MAX_FIELD_LENGTH,
  PRESENTER_KEYS,
  ROOT_NAMES,
  type RootName,
} from './names.ts'
export {
  type AttendeeInput,
  addAttendee,
  addItem,
  addPresenter,
  type ItemInput,
  type MinutesInput,
  moveAttendee,
  moveItem,
  movePresenter,
  setAttendeeField,
  setAttendeeRemoved,
  setHeaderField,
  setItemRemoved,
  setItemTitle,
  setPresenterName,
  setPresenterRemoved,
  writeMinutes,
} from './operations.ts'
export { compareOrder, type Ordered } from './order.ts'
export { SCHEMA_HASH } from './schemaHash.ts'
