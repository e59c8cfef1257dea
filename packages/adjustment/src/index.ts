export {
  type Action,
  isPhase,
  isRole,
  isStepBack,
  may,
  nextPhases,
  PHASES,
  type Phase,
  ROLES,
  type Role,
} from './phase.ts'
