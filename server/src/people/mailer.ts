import { createTransport } from 'nodemailer'

export type Mail = { readonly to: string; readonly subject: string; readonly text: string }

/** Sends mail; rejects when the mail server did not take it. */
export type Mailer = { send(mail: Mail): Promise<void>; close(): void }

const TIMEOUT_MS = 10_000

/** @param smtpUrl smtp:// or smtps://, with user and password where needed */
export function createMailer(smtpUrl: string, publicOrigin: string): Mailer {
  const transport = createTransport({
    url: smtpUrl,
    connectionTimeout: TIMEOUT_MS,
    greetingTimeout: TIMEOUT_MS,
    socketTimeout: TIMEOUT_MS,
    disableFileAccess: true,
    disableUrlAccess: true,
  })
  const from = { name: 'Justera', address: `no-reply@${new URL(publicOrigin).hostname}` }
  return {
    async send({ to, subject, text }) {
      await transport.sendMail({ from, to: { name: '', address: to }, subject: oneLine(subject), text })
    },
    close: () => transport.close(),
  }
}

/** A subject may hold a person's or a meeting's name: no line breaks, no control characters. */
function oneLine(text: string): string {
  return text.replace(/\p{Cc}+/gu, ' ').slice(0, 200)
}
