import swagger from '@fastify/swagger'
import { type FastifyInstance, fastify } from 'fastify'
import { Histogram } from 'prom-client'
import { clientFiles } from './clientFiles.ts'
import { answerErrors } from './errors.ts'
import { meetingRoutes } from './meetingRoutes.ts'
import { operationsRoutes } from './operationsRoutes.ts'
import { peopleRoutes } from './peopleRoutes.ts'
import { protect } from './protection.ts'
import type { Services } from './services.ts'
import { signInPages } from './signInPages.ts'

const BODY_LIMIT_BYTES = 256 * 1024

/** The whole HTTP side, ready to listen; WebSocket upgrades of its server are the caller's. */
export async function createApp(services: Services): Promise<FastifyInstance> {
  const app = fastify({
    bodyLimit: BODY_LIMIT_BYTES,
    // A proxy on this machine may say who the client is; nobody else may.
    trustProxy: 'loopback',
    forceCloseConnections: true,
    routerOptions: { maxParamLength: 100 },
  })
  // Zod checks bodies and results (route.ts); the JSON schemas of routes only describe them.
  app.setValidatorCompiler(() => () => true)
  app.setSerializerCompiler(() => (value) => JSON.stringify(value))
  app.removeContentTypeParser('text/plain')
  answerErrors(app, services.logger)
  countRequests(app, services)
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Justera',
        version: '0.1.0',
        description: 'Minutes that many parties write and approve together.',
      },
      servers: [{ url: services.config.publicOrigin }],
    },
  })
  await protect(app, services)
  await clientFiles(app, services.clientDir)
  await app.register(async (scope) => {
    operationsRoutes(scope, services)
    signInPages(scope, services)
    peopleRoutes(scope, services)
    meetingRoutes(scope, services)
  })
  return app
}

/** Time by route pattern, never by address: an address may hold a sign-in link. */
function countRequests(app: FastifyInstance, { metrics, logger }: Services): void {
  const seconds = new Histogram({
    name: 'justera_http_request_seconds',
    help: 'Time to answer an HTTP request',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.001, 0.005, 0.02, 0.1, 0.5, 2],
    registers: [metrics],
  })
  app.addHook('onResponse', async (request, reply) => {
    const { method } = request
    const pattern = request.routeOptions.url ?? 'none'
    seconds.observe({ method, route: pattern, status: reply.statusCode }, reply.elapsedTime / 1000)
    logger.debug({ method, route: pattern, status: reply.statusCode, ms: Math.round(reply.elapsedTime) }, 'request')
  })
}
