import { readFileSync } from 'node:fs'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { LinkState } from '../store/sessionStore.ts'
import { setSessionCookie } from './authentication.ts'
import { html, type Language, preferredLanguage } from './html.ts'
import type { Services } from './services.ts'

const WORDS = {
  sv: {
    title: 'Logga in i Justera',
    ask: 'Tryck på knappen för att logga in på den här enheten.',
    as: 'Du loggar in som',
    button: 'Logga in',
    expired: 'Länken gäller inte längre',
    used: 'Länken är redan använd',
    unknown: 'Länken finns inte',
    why: 'En länk kan användas en gång och gäller en kort tid.',
    again: 'Be om en ny länk',
  },
  en: {
    title: 'Sign in to Justera',
    ask: 'Press the button to sign in on this device.',
    as: 'You sign in as',
    button: 'Sign in',
    expired: 'The link is no longer valid',
    used: 'The link has already been used',
    unknown: 'There is no such link',
    why: 'A link works once and only for a short time.',
    again: 'Ask for a new link',
  },
} as const satisfies Record<Language, Readonly<Record<string, string>>>

const STYLE = readFileSync(new URL('./signIn.css', import.meta.url))

/**
 * Opening a link shows one button and uses nothing up, for mail scanners open links too; only the button
 * signs in. Drawn by the server, so that it works in any browser and before anything has loaded.
 */
export function signInPages(app: FastifyInstance, services: Services): void {
  const { links, sessions, store, accessChanges } = services

  app.get('/sign-in.css', { schema: { hide: true } }, (_request, reply) =>
    reply.type('text/css; charset=utf-8').header('cache-control', 'public, max-age=3600').send(STYLE),
  )

  app.register(async (scope) => {
    // The button is a form without fields; what it sends is not read.
    scope.addContentTypeParser('application/x-www-form-urlencoded', { bodyLimit: 1024 }, (_request, body, done) => {
      body.resume()
      body.on('end', () => done(null))
      body.on('error', done)
    })
    scope.addHook('onSend', async (_request, reply) => {
      reply.header('cache-control', 'no-store')
      // Under 'no-referrer' browsers send "Origin: null" with a form; the link itself stays on this site.
      reply.header('referrer-policy', 'same-origin')
      reply.header('x-robots-tag', 'noindex')
    })
    const limit = { rateLimit: { max: 240, timeWindow: '1 minute' } }

    scope.get('/sign-in/:token', { schema: { hide: true }, config: limit }, async (request, reply) => {
      const state = await links.look(tokenOf(request))
      return state.ok
        ? reply.type('text/html; charset=utf-8').send(buttonPage(request, state.link.email))
        : brokenLink(request, reply, state)
    })

    scope.post('/sign-in/:token', { schema: { hide: true }, config: limit }, async (request, reply) => {
      const state = await links.consume(tokenOf(request))
      if (!state.ok) return brokenLink(request, reply, state)
      const { person, meeting } = state.link
      const before = await sessions.find(request.headers.cookie)
      setSessionCookie(services, reply, await sessions.start(person, request.headers.cookie))
      if (before !== null) accessChanges.announce(before.person)
      const invited = meeting !== null && (await store.meetings.participation(meeting, person)) !== null
      return reply.redirect(invited ? `/meetings/${meeting}` : '/', 303)
    })
  })
}

function tokenOf(request: FastifyRequest): string {
  const { token } = request.params as Readonly<Record<string, string | undefined>>
  return token ?? ''
}

function buttonPage(request: FastifyRequest, email: string): string {
  const language = preferredLanguage(request.headers['accept-language'])
  const words = WORDS[language]
  return page(
    language,
    words.title,
    html`<p>${words.ask}</p>
<p class="as">${words.as} <b>${email}</b></p>
<form method="post"><button type="submit">${words.button}</button></form>`,
  )
}

function brokenLink(request: FastifyRequest, reply: FastifyReply, state: LinkState & { ok: false }): FastifyReply {
  const language = preferredLanguage(request.headers['accept-language'])
  const words = WORDS[language]
  return reply
    .code(state.reason === 'unknown' ? 404 : 410)
    .type('text/html; charset=utf-8')
    .send(page(language, words[state.reason], html`<p>${words.why}</p>\n<p><a href="/sign-in">${words.again}</a></p>`))
}

function page(language: Language, title: string, content: string): string {
  return html`<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title}</title>
<link rel="icon" href="/icon.svg" type="image/svg+xml">
<link rel="stylesheet" href="/sign-in.css">
</head>
<body>
<main>
<h1>${title}</h1>
${{ html: content }}
</main>
</body>
</html>
`
}
