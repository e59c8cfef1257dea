import { describe, expect, test } from 'vitest'
import { type Action, isPhase, isRole, isStepBack, may, nextPhases, PHASES, ROLES } from './index.ts'

const ACTIONS: readonly Action[] = ['read', 'write', 'comment', 'manage']

describe('phases and roles', () => {
  test.each([
    ['planned', ['secretary', 'chair', 'participant']],
    ['drafting', ['secretary', 'chair', 'participant']],
    ['comment', ['secretary', 'chair']],
    ['adjustment', ['secretary', 'chair']],
    ['adjusted', []],
  ] as const)('[AD1] in %s the text is written by %j', (phase, writers) => {
    expect(ROLES.filter((role) => may(role, 'write', phase))).toEqual(writers)
  })

  test('[AD2] everyone reads in every phase; an observer does nothing else', () => {
    for (const phase of PHASES) {
      for (const role of ROLES) expect(may(role, 'read', phase)).toBe(true)
      expect(ACTIONS.filter((action) => may('observer', action, phase))).toEqual(['read'])
    }
  })

  test('[AD3] only the secretary manages; comments end with the lock', () => {
    for (const phase of PHASES) expect(ROLES.filter((role) => may(role, 'manage', phase))).toEqual(['secretary'])
    expect(PHASES.filter((phase) => may('participant', 'comment', phase))).toEqual(PHASES.slice(0, 4))
  })

  test('[AD4] planned, drafting and comment lead to each other one step at a time; nothing leaves the rest', () => {
    expect(PHASES.map((phase) => [phase, nextPhases(phase)])).toEqual([
      ['planned', ['drafting']],
      ['drafting', ['planned', 'comment']],
      ['comment', ['drafting']],
      ['adjustment', []],
      ['adjusted', []],
    ])
    for (const from of PHASES) {
      for (const to of nextPhases(from)) {
        expect(Math.abs(PHASES.indexOf(to) - PHASES.indexOf(from))).toBe(1)
        expect(isStepBack(from, to)).toBe(!isStepBack(to, from))
      }
    }
    expect(isStepBack('drafting', 'planned')).toBe(true)
    expect(isStepBack('drafting', 'drafting')).toBe(false)
  })

  test('[AD5] only the known words are phases and roles', () => {
    expect([...PHASES, 'Planned', '', null, 0].filter(isPhase)).toEqual(PHASES)
    expect([...ROLES, 'admin', undefined, {}].filter(isRole)).toEqual(ROLES)
  })
})
