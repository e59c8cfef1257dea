import type { SameKeys } from '../app/i18n/i18n.ts'
import type { sv } from './catalog.sv.ts'

export const en: SameKeys<typeof sv> = {
  title: 'Sign in',
  lede: 'Enter your e-mail address and we send you a link to sign in with. You need no password.',
  email: 'E-mail address',
  emailBad: 'Enter a whole e-mail address, for example name@agency.se.',
  submit: 'Send the link',
  next: 'Then you come to the page that you wanted to open.',
  sent: {
    title: 'Look in your e-mail',
    text: 'If {{email}} is known to Justera, a link has been sent there.',
    step1: 'Open the mail from Justera, in the same browser as now.',
    step2: 'Follow the link and press the button Sign in.',
    valid: 'The link is valid for 15 minutes and can be used once.',
    nothing: 'No mail? Look among the junk mail and check the address. If you are not invited yet, ask the secretary.',
    again: 'Send a new link',
    other: 'Use another address',
    againDone: 'A new link is on its way. The old one also works until it is used or too old.',
  },
  local: {
    title: 'Running Justera on this computer?',
    text: 'Without a mail server the link stands in the terminal where the server was started. There is also a ready link for each person of the demo.',
  },
}
