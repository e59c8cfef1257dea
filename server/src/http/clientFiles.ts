import { existsSync } from 'node:fs'
import { join } from 'node:path'
import fastifyStatic from '@fastify/static'
import type { FastifyInstance } from 'fastify'
import { html } from './html.ts'
import { notFound } from './httpError.ts'

const YEAR_S = 31_536_000

/** First parts of the addresses that the client draws pages for. */
const PAGES: ReadonlySet<string> = new Set(['', 'sign-in', 'meetings', 'people', 'accessibility'])

/** What a page's address looks like; the parts of the server that are no pages are none in any form. */
const PAGE_PATH = /^\/(?!(?:api|sync|assets|sign-in)\/)([\w-]*)(?:\/[\w-]+)*\/?$/

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
    const [path = ''] = request.url.split('?')
    const page = request.method === 'GET' ? PAGE_PATH.exec(path) : null
    if (page === null) throw notFound()
    reply.header('cache-control', 'no-cache')
    // An unknown page is the client's to draw, and still not found.
    if (built) return reply.code(PAGES.has(page[1] ?? '') ? 200 : 404).sendFile('index.html')
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
