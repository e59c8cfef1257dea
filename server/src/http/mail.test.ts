import type { AddressInfo } from 'node:net'
import { SMTPServer } from 'smtp-server'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createTestApp, ORIGIN, SECRETARY, type TestApp } from './testing/testApp.ts'

/** A mail as the server received it. */
type Received = { readonly to: string; readonly source: string }

describe('mail', () => {
  const received: Received[] = []
  let refuses = false
  let smtp: SMTPServer
  let test_: TestApp

  beforeAll(async () => {
    smtp = new SMTPServer({
      authOptional: true,
      disabledCommands: ['STARTTLS'],
      onData(stream, session, done) {
        const chunks: Buffer[] = []
        stream.on('data', (chunk: Buffer) => chunks.push(chunk))
        stream.on('end', () => {
          if (refuses) return done(new Error('mailbox full'))
          const to = session.envelope.rcptTo.map((one) => one.address).join()
          received.push({ to, source: Buffer.concat(chunks).toString() })
          done()
        })
      },
    })
    await new Promise<void>((resolve) => smtp.listen(0, '127.0.0.1', resolve))
    const { port } = smtp.server.address() as AddressInfo
    test_ = await createTestApp({ smtpUrl: `smtp://127.0.0.1:${port}` })
  })
  afterAll(async () => {
    await test_.close()
    await new Promise<void>((resolve) => smtp.close(resolve))
  })

  /** The link in a mail; undoes the line breaks of quoted-printable. */
  const linkIn = (mail: Received | undefined): string =>
    /http:\/\/localhost:3000(\/sign-in\/[\w-]+)/.exec(
      (mail?.source ?? '').replace(/=\r?\n/g, '').replace(/=3D/g, '='),
    )?.[1] ?? ''

  test('[PE12] a sign-in link goes to the address by mail, works, and is shown nowhere else', async () => {
    await test_.send('POST', '/api/sign-in', undefined, { email: SECRETARY })
    await expect.poll(() => received.length, { timeout: 10_000 }).toBe(1)
    const [mail] = received
    expect(mail?.to).toBe(SECRETARY)
    expect(mail?.source).toMatch(/^From: Justera <no-reply@localhost>/m)
    const done = await test_.app.inject({ method: 'POST', url: linkIn(mail), headers: { origin: ORIGIN } })
    expect(done.statusCode).toBe(303)
    expect(test_.shown.size).toBe(0)
  })

  test('[PE13] an invitation goes by mail; the inviter gets the link only when the mail fails', async () => {
    const secretary = await test_.signIn(SECRETARY)
    const [meeting] = await test_.services.store.meetings.all()
    const invite = async (email: string) =>
      (
        await test_.send('POST', `/api/meetings/${meeting?.id}/invitations`, secretary, {
          email,
          name: 'Ny\r\nBcc: all@example.org',
          agencyId: 'seat-17',
          role: 'participant',
        })
      ).json()
    expect((await invite('ett@tlv.example')).link).toBeNull()
    const mail = received.find((one) => one.to === 'ett@tlv.example')
    expect(linkIn(mail)).toMatch(/^\/sign-in\//)
    expect(mail?.source.split(/\r?\n\r?\n/)[0]).not.toMatch(/^Bcc:/im)
    refuses = true
    const { link } = await invite('tva@tlv.example')
    expect(link).toMatch(/\/sign-in\/[\w-]{43}$/)
    expect(test_.logged.join('\n')).not.toContain(link.split('/').at(-1))
    refuses = false
  })
})
