import { existsSync } from 'node:fs'
import { join } from 'node:path'
import fastifyStatic from '@fastify/static'
import type { FastifyInstance } from 'fastify'
import { html } from './html.ts'
import { notFound } from './httpError.ts'

const YEAR_S = 31_536_000

/** Addresses that are never pages: a wrong one is an error, not the page's own "not found". */
const NOT_PAGES = /^\/(api|sync|assets|healthz|metrics|sign-in)\//

/** The built pages: hashed files for good, everything else that a browser may ask for is index.html. */
export async function clientFiles(app: FastifyInstance, clientDir: string): Promise<void> {
  const built = existsSync(join(clientDir, 'index.html'))
  if (built) {
    await app.register(fastifyStatic, {
      root: clientDir,
      wildcard: true,
      index: ['index.html'],
      cacheControl: false,
      setHeaders(reply, path) {
        const hashed = path.startsWith(join(clientDir, 'assets'))
        reply.header('cache-control', hashed ? `public, max-age=${YEAR_S}, immutable` : 'no-cache')
      },
    })
  }
  app.setNotFoundHandler(async (request, reply) => {
    const path = new URL(request.url, 'http://localhost').pathname
    const isPage = request.method === 'GET' && !NOT_PAGES.test(path) && !/\.[a-z0-9]+$/i.test(path)
    if (!isPage) throw notFound()
    reply.header('cache-control', 'no-cache')
    if (built) return reply.sendFile('index.html')
    return reply.code(503).type('text/html; charset=utf-8').send(NOT_BUILT)
  })
}

const NOT_BUILT = html`<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Justera</title>
<p>The pages are not built yet. Run <code>pnpm build</code>, or <code>npm start</code>, which does it.</p>
</html>
`
