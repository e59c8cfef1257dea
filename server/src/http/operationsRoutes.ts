import type { FastifyInstance } from 'fastify'
import type { Services } from './services.ts'

/** For whoever runs the server: whether it is ready, its figures, and the description of its API. */
export function operationsRoutes(app: FastifyInstance, { store, metrics, ready }: Services): void {
  app.get('/healthz', { schema: { hide: true }, config: { rateLimit: false } }, async (_request, reply) => {
    reply.header('cache-control', 'no-store')
    if (!ready()) return reply.code(503).send({ status: 'stopping' })
    try {
      await store.ping()
    } catch {
      return reply.code(503).send({ status: 'storage' })
    }
    return { status: 'ok' }
  })

  app.get('/metrics', { schema: { hide: true }, config: { rateLimit: false } }, async (_request, reply) =>
    reply.type(metrics.contentType).send(await metrics.metrics()),
  )

  app.get('/api/openapi.json', { schema: { hide: true } }, async () => app.swagger())
}
