/** Why a request is refused: a stable code for pages, a status for HTTP, words for whoever reads the log. */
export class HttpError extends Error {
  readonly status: number
  readonly code: string
  readonly details: unknown

  constructor(status: number, code: string, message: string, details?: unknown) {
    super(message)
    this.name = 'HttpError'
    this.status = status
    this.code = code
    this.details = details
  }
}

export const notSignedIn = () => new HttpError(401, 'not-signed-in', 'Sign in first.')
export const forbidden = () => new HttpError(403, 'forbidden', 'You may not do this.')
/** Also the answer where something exists that the person may not know of. */
export const notFound = () => new HttpError(404, 'not-found', 'There is no such thing here.')
