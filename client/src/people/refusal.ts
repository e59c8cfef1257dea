import i18next from 'i18next'
import { failureText } from '../app/failureText.ts'
import type { RequestError } from '../app/request.ts'

const KEYS = {
  'email-taken': 'emailTaken',
  'last-secretary': 'lastSecretary',
  'other-agency': 'otherAgency',
  'short-name-taken': 'shortNameTaken',
} as const

/** Why a change to people was refused, in the page's language. */
export function refusalText(error: RequestError): string {
  const key = Object.hasOwn(KEYS, error.code) ? KEYS[error.code as keyof typeof KEYS] : undefined
  return key === undefined ? failureText(error) : i18next.t(`people:${key}`)
}
