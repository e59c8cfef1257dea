export { randomMoves, randomSetting } from './randomScript.ts'
export { openStateEditor } from './replica.ts'
export { simulate } from './simulation.ts'
