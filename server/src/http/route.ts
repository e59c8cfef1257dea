import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { HttpError, notFound } from './httpError.ts'

const PathId = z.string().regex(/^[A-Za-z0-9_-]{1,64}$/)

export type Call<Body> = {
  readonly body: Body
  /** a path parameter that names something by id; anything else than an id is a 404 */
  id(name: string): string
  readonly request: FastifyRequest
  readonly reply: FastifyReply
}

type Shape<Body, Result> = {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE'
  readonly url: string
  /** one line for the API description */
  readonly summary: string
  readonly body?: z.core.$ZodType<Body>
  /** left out: 204, or what the handler sends itself */
  readonly result?: z.core.$ZodType<Result>
  readonly status?: 200 | 201 | 202 | 204
  /** requests a minute for one session or address, where less than the general limit */
  readonly perMinute?: number
  readonly bodyLimit?: number
}

/**
 * A route whose body and result are Zod types of @justera/protocol. The body is parsed before the handler
 * runs (400 otherwise), and the result is parsed before it leaves, so that no field slips out that the
 * type does not name. The same types describe the route in openapi.json.
 */
export function route<Body, Result>(
  app: FastifyInstance,
  shape: Shape<Body, Result>,
  handle: (call: Call<Body>) => Promise<Result>,
): void {
  const { method, url, summary, body, result, bodyLimit } = shape
  const status = shape.status ?? (result === undefined ? 204 : 200)
  app.route({
    method,
    url,
    ...(bodyLimit !== undefined && { bodyLimit }),
    ...(shape.perMinute !== undefined && {
      config: { rateLimit: { max: shape.perMinute, timeWindow: '1 minute' } },
    }),
    schema: {
      summary,
      ...(body !== undefined && { body: jsonSchema(body, 'input') }),
      response: {
        [status]: result === undefined ? { type: 'null', description: 'Done' } : { ...jsonSchema(result, 'output') },
      },
    },
    handler: async (request, reply) => {
      const call: Call<Body> = {
        body: body === undefined ? (undefined as Body) : parseBody(body, request.body),
        id: (name) => pathId(request, name),
        request,
        reply,
      }
      const value = await handle(call)
      if (reply.sent) return reply
      reply.code(status)
      if (result === undefined) return reply.send()
      return reply.type('application/json; charset=utf-8').send(JSON.stringify(z.parse(result, value)))
    },
  })
}

function parseBody<Body>(type: z.core.$ZodType<Body>, value: unknown): Body {
  const parsed = z.safeParse(type, value)
  if (parsed.success) return parsed.data
  const details = parsed.error.issues.slice(0, 20).map(({ path, message }) => ({ path: path.join('.'), message }))
  throw new HttpError(400, 'invalid', 'The request does not have the expected form.', details)
}

function pathId(request: FastifyRequest, name: string): string {
  const params = request.params as Readonly<Record<string, unknown>>
  const id = PathId.safeParse(params[name])
  if (!id.success) throw notFound()
  return id.data
}

function jsonSchema(type: z.core.$ZodType, io: 'input' | 'output'): Record<string, unknown> {
  const { $schema: _, ...schema } = z.toJSONSchema(type, { io })
  return schema
}
