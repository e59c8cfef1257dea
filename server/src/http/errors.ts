import type { FastifyError, FastifyInstance } from 'fastify'
import type { Logger } from 'pino'
import { StoreError } from '../store/store.ts'
import { HttpError } from './httpError.ts'

/** Fastify's own refusals, by status; static files answer 403 for what they do not show. Its messages may repeat what was sent, ours never do. */
const CODES: Readonly<Record<number, readonly [code: string, message: string]>> = {
  400: ['invalid', 'The request does not have the expected form.'],
  403: ['not-found', 'There is no such thing here.'],
  404: ['not-found', 'There is no such thing here.'],
  405: ['not-found', 'There is no such thing here.'],
  413: ['too-large', 'The request is too large.'],
  415: ['unsupported-media-type', 'Send JSON.'],
}

/** Maps every error outward in one place; what is unexpected is logged in full and said in general. */
export function answerErrors(app: FastifyInstance, logger: Logger): void {
  app.setErrorHandler((error: FastifyError | HttpError | StoreError, _request, reply) => {
    const { status, code, message, details } = outward(error)
    if (status >= 500) logger.error({ err: error }, 'request failed')
    reply
      .code(status)
      .type('application/json; charset=utf-8')
      .send(JSON.stringify({ code, message, ...(details !== undefined && { details }) }))
  })
}

function outward(error: FastifyError | HttpError | StoreError): {
  status: number
  code: string
  message: string
  details?: unknown
} {
  if (error instanceof HttpError) return error
  if (error instanceof StoreError) {
    return { status: 503, code: 'storage', message: 'The server cannot store anything at the moment.' }
  }
  const status = error.statusCode ?? 500
  const known = CODES[status]
  if (known === undefined) return { status: 500, code: 'internal', message: 'Something went wrong on the server.' }
  return { status: status === 403 ? 404 : status, code: known[0], message: known[1] }
}
