import { ErrorBody } from '@justera/protocol'

/**
 * Why a request gave no value. `code` is the server's, or one of the page's own:
 * `unreachable` (no answer at all, status 0) and `unexpected-answer` (an answer of another shape than agreed).
 */
export type RequestError = {
  readonly code: string
  /** for people without a translation of `code`; never compared */
  readonly message: string
  /** HTTP status; 0 when there was no answer */
  readonly status: number
  readonly details?: unknown
}

export type Result<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: RequestError }

/** Carries a {@link RequestError} through TanStack Query, which knows only throwing. */
export class RequestFailed extends Error {
  readonly error: RequestError

  constructor(error: RequestError) {
    super(`${error.status} ${error.code}`)
    this.name = 'RequestFailed'
    this.error = error
  }
}

/** The part of a Zod schema that is needed here. */
export type Schema<T> = {
  safeParse(value: unknown): { success: true; data: T } | { success: false; error: { message: string } }
}

type Init = {
  readonly method?: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE'
  /** sent as JSON */
  readonly json?: unknown
  /** sent as text/plain; wins over `json` */
  readonly text?: string
  readonly signal?: AbortSignal
}

let signedOut: () => void = () => undefined

/** Who is told that the session has ended (any answer 401). One listener: the router. */
export function onSignedOut(listener: () => void): void {
  signedOut = listener
}

/**
 * One request to the server, with its answer checked against the contract.
 * @param schema what the body must be; `null` when the answer has no body that matters (202, 204)
 * @returns never rejects, except when `init.signal` aborts
 */
export async function request(schema: null, path: string, init?: Init): Promise<Result<null>>
export async function request<T>(schema: Schema<T>, path: string, init?: Init): Promise<Result<T>>
export async function request<T>(schema: Schema<T> | null, path: string, init: Init = {}): Promise<Result<T | null>> {
  let response: Response
  try {
    response = await fetch(path, {
      method: init.method ?? 'GET',
      credentials: 'same-origin',
      headers: headersOf(init),
      ...(init.text !== undefined || init.json !== undefined ? { body: init.text ?? JSON.stringify(init.json) } : {}),
      ...(init.signal ? { signal: init.signal } : {}),
    })
  } catch (cause) {
    if (init.signal?.aborted) throw cause
    return failed({ code: 'unreachable', message: 'The server did not answer.', status: 0 })
  }
  if (!response.ok) {
    if (response.status === 401) signedOut()
    return failed(await errorOf(response))
  }
  if (schema === null) return { ok: true, value: null }
  const body = schema.safeParse(await bodyOf(response))
  if (body.success) return { ok: true, value: body.data }
  return failed({ code: 'unexpected-answer', message: body.error.message, status: response.status })
}

/** As {@link request}, for TanStack Query. @throws RequestFailed */
export async function requestOrThrow<T>(schema: Schema<T>, path: string, init?: Init): Promise<T> {
  const result = await request(schema, path, init)
  if (result.ok) return result.value
  throw new RequestFailed(result.error)
}

/** The error inside whatever a query or route threw. */
export function requestErrorOf(thrown: unknown): RequestError {
  if (thrown instanceof RequestFailed) return thrown.error
  return { code: 'unexpected', message: thrown instanceof Error ? thrown.message : String(thrown), status: 0 }
}

function headersOf(init: Init): Record<string, string> {
  if (init.text !== undefined) return { 'content-type': 'text/plain; charset=utf-8' }
  return init.json === undefined ? {} : { 'content-type': 'application/json' }
}

async function errorOf(response: Response): Promise<RequestError> {
  const body = ErrorBody.safeParse(await bodyOf(response))
  if (!body.success) return { code: 'unexpected-answer', message: response.statusText, status: response.status }
  return { ...body.data, status: response.status }
}

async function bodyOf(response: Response): Promise<unknown> {
  try {
    return await response.json()
  } catch {
    return undefined
  }
}

function failed(error: RequestError): { ok: false; error: RequestError } {
  return { ok: false, error }
}
