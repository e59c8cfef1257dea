// @vitest-environment jsdom
import { expect, test } from 'vitest'
import { randomMoves, randomSetting } from './testing/randomScript.ts'
import { simulate } from './testing/simulation.ts'
import { openInView } from './testing/viewEditor.ts'

test('[BD1] [BD2] 100 random scripts through real editors keep text, editor and DOM equal', () => {
  let moves = 0
  for (let seed = 0; seed < 100; seed++) {
    try {
      moves += simulate(randomMoves(seed), { ...randomSetting(seed), replicas: 3, open: openInView }).moves
    } catch (error) {
      throw new Error(`seed ${seed}`, { cause: error })
    }
  }
  expect(moves).toBeGreaterThan(1500)
}, 120_000)
