/** The life of a meeting's minutes, in order. */
export const PHASES = ['planned', 'drafting', 'comment', 'adjustment', 'adjusted'] as const
export type Phase = (typeof PHASES)[number]

/** What a person is in one meeting. */
export const ROLES = ['secretary', 'chair', 'participant', 'observer'] as const
export type Role = (typeof ROLES)[number]

/** What a person may want to do with a meeting. */
export type Action =
  | 'read'
  /** change the shared text, by any frame */
  | 'write'
  /** comment, suggest, reply */
  | 'comment'
  /** move the meeting to another phase, invite and remove people, change roles */
  | 'manage'

const everyone: readonly Role[] = ROLES
const writers: readonly Role[] = ['secretary', 'chair', 'participant']
const leaders: readonly Role[] = ['secretary', 'chair']
const secretary: readonly Role[] = ['secretary']
const nobody: readonly Role[] = []

/** The one table of who may do what; gate, commands and pages all read it. */
const TABLE: Readonly<Record<Phase, Readonly<Record<Action, readonly Role[]>>>> = {
  planned: { read: everyone, write: writers, comment: writers, manage: secretary },
  drafting: { read: everyone, write: writers, comment: writers, manage: secretary },
  comment: { read: everyone, write: leaders, comment: writers, manage: secretary },
  adjustment: { read: everyone, write: leaders, comment: writers, manage: secretary },
  adjusted: { read: everyone, write: nobody, comment: nobody, manage: secretary },
}

export function may(role: Role, action: Action, phase: Phase): boolean {
  return TABLE[phase][action].includes(role)
}

/** Where the secretary may move a meeting from a phase, forward or back. A step back needs a reason. */
const STEPS: Readonly<Record<Phase, readonly Phase[]>> = {
  planned: ['drafting'],
  drafting: ['planned', 'comment'],
  comment: ['drafting'],
  adjustment: [],
  adjusted: [],
}

export function nextPhases(phase: Phase): readonly Phase[] {
  return STEPS[phase]
}

export function isStepBack(from: Phase, to: Phase): boolean {
  return PHASES.indexOf(to) < PHASES.indexOf(from)
}

export function isPhase(value: unknown): value is Phase {
  return (PHASES as readonly unknown[]).includes(value)
}

export function isRole(value: unknown): value is Role {
  return (ROLES as readonly unknown[]).includes(value)
}
