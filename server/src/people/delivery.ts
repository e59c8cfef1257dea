import type { Person } from '../store/councilStore.ts'
import type { Mail, Mailer } from './mailer.ts'

/** How a link reaches its person. */
export type Delivery = {
  signIn(person: Person, link: string): Promise<void>
  /** @returns the link when no mail went out, so that the inviter can pass it on; else null */
  invitation(person: Person, link: string, meetingTitle: string): Promise<string | null>
}

export type DeliveryLog = {
  /** a link for somebody, where there is no mail server: shown to whoever runs the server */
  link(email: string, link: string): void
  failed(error: unknown): void
}

export function createDelivery(mailer: Mailer | null, log: DeliveryLog): Delivery {
  async function sent(mail: Mail): Promise<boolean> {
    if (mailer === null) return false
    try {
      await mailer.send(mail)
      return true
    } catch (error) {
      log.failed(error)
      return false
    }
  }

  return {
    async signIn(person, link) {
      const delivered = await sent(signInMail(person, link))
      if (!delivered && mailer === null) log.link(person.email, link)
    },
    async invitation(person, link, meetingTitle) {
      if (await sent(invitationMail(person, link, meetingTitle))) return null
      if (mailer === null) log.link(person.email, link)
      return link
    },
  }
}

function signInMail(person: Person, link: string): Mail {
  return {
    to: person.email,
    subject: 'Logga in i Justera / Sign in to Justera',
    text: `Hej ${person.name},

öppna länken och tryck på knappen för att logga in. Den gäller i 15 minuter och kan användas en gång.

${link}

Har du inte bett om den kan du bortse från det här brevet.

--

Hello ${person.name},

open the link and press the button to sign in. It is valid for 15 minutes and works once.
If you did not ask for it, ignore this message.
`,
  }
}

function invitationMail(person: Person, link: string, meetingTitle: string): Mail {
  return {
    to: person.email,
    subject: `Inbjudan: ${meetingTitle}`,
    text: `Hej ${person.name},

du är inbjuden att skriva i protokollet ”${meetingTitle}”. Öppna länken och tryck på knappen.
Den gäller i 72 timmar och kan användas en gång.

${link}

--

Hello ${person.name},

you are invited to the minutes “${meetingTitle}”. Open the link and press the button.
It is valid for 72 hours and works once.
`,
  }
}
