import i18next from 'i18next'
import type { RequestError } from './request.ts'

/** One sentence for a failed action, in the page's language. Codes with words of their own are the caller's. */
export function failureText(error: RequestError): string {
  return i18next.t(`error.${kind(error)}`)
}

function kind(error: RequestError): 'unreachable' | 'tooMany' | 'forbidden' | 'invalid' | 'other' {
  if (error.code === 'unreachable' || error.status === 503) return 'unreachable'
  if (error.status === 429) return 'tooMany'
  if (error.status === 403) return 'forbidden'
  return error.status === 400 || error.status === 422 ? 'invalid' : 'other'
}
