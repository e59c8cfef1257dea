/** The names in a document and their bounds. No Yjs here: a page that only lists meetings loads this alone. */

/**
 * The shape of a meeting's Y.Doc. Three root maps:
 *
 *     header      field → string
 *     attendance  attendee id → { name, agency, agencyId?, personId?, status, presentFrom?, presentUntil?, note, order, removed? }
 *     agenda      item id → { order, title: Y.Text, presenters: id → { name, order, removed? }, body: Y.Text, removed? }
 *
 * Nothing in the last two is removed by deleting a key: a colleague typing inside would lose their words.
 */
export const ROOT_NAMES = ['header', 'attendance', 'agenda'] as const
export type RootName = (typeof ROOT_NAMES)[number]

export const HEADER_FIELDS = [
  'subject',
  'council',
  'meeting',
  'date',
  'startsAt',
  'endsAt',
  'place',
  'preparedBy',
  'adjustedBy',
  'nextMeeting',
] as const
export type HeaderField = (typeof HEADER_FIELDS)[number]

export const ATTENDANCE_STATUSES = ['present', 'remote', 'partly', 'absent'] as const
export type AttendanceStatus = (typeof ATTENDANCE_STATUSES)[number]

export const ATTENDEE_FIELDS = [
  'name',
  'agency',
  'agencyId',
  'personId',
  'status',
  'presentFrom',
  'presentUntil',
  'note',
  'order',
] as const
export type AttendeeField = (typeof ATTENDEE_FIELDS)[number]

export const ATTENDEE_KEYS = [...ATTENDEE_FIELDS, 'removed'] as const
export const PRESENTER_KEYS = ['name', 'order', 'removed'] as const
export const ITEM_KEYS = ['order', 'title', 'presenters', 'body', 'removed'] as const
export const MARKER_KEYS = ['id', 'kind', 'indent', 'responsible', 'responsibleId', 'due', 'party'] as const

/** Longest value of any single-value field, in UTF-16 code units. */
export const MAX_FIELD_LENGTH = 2000
