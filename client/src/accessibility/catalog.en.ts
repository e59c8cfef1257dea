import type { SameKeys } from '../app/i18n/i18n.ts'
import type { sv } from './catalog.sv.ts'

export const en: SameKeys<typeof sv> = {
  title: 'Accessibility statement',
  lede: 'Everybody who works with minutes should be able to use Justera. Here is how well that succeeds, what is lacking, and how to tell us.',
  how: {
    title: 'How accessible is Justera?',
    text: 'Justera is built to meet EN 301 549 and WCAG 2.2 at level AA. It conforms partially: the shortcomings that we know of are listed below.',
    keyboard:
      'Everything can be done with the keyboard alone. Focus is visible on everything that can be used, and single-letter shortcuts can be switched off in the settings.',
    reader:
      'Pages, items and states have names and roles for screen readers. What changes while you read is said calmly, never in the middle of a sentence.',
    sight:
      "Light, dark and the system's high contrast work. Text can be enlarged to 400 percent and the pages work from a width of 360 pixels. Nothing is said by colour alone.",
    calm: 'When others write further up than what you see, the text that you read stays where it is, and motion is switched off when the system asks for it.',
  },
  limits: {
    title: 'Shortcomings that we know of',
    carets:
      "Other people's carets in the text are hidden from screen readers, because they would interrupt reading. Who is in which item stands in the outline instead.",
    drag: 'Moving an item by dragging does not work with all assistive technology. Its menu does the same with Move up and Move down, and so do Alt, Shift and the arrow keys.',
    moving: 'When somebody writes in the part that you are reading, the lines below may move.',
    print:
      'The minutes can be printed as a plain document in black on white. Whether a PDF that is saved that way is accessible has not been tested.',
    imported:
      'Imported minutes may have headings or lists that were read wrongly. They can be corrected in the review and in the minutes.',
    tested:
      'We have tested with automatic tools in light and dark and with the keyboard alone. Tests with screen readers together with people who use them daily remain to be done.',
  },
  report: {
    title: 'Tell us when something does not work',
    text: 'Write what you wanted to do and what happened, and if you like which page, browser and assistive technology you use. You need not say anything about yourself.',
    field: 'What does not work?',
    hint: 'The text opens in your mail program and is sent only when you send it there. You choose who gets it: whoever runs Justera where you are, or the secretary of the meeting.',
    mail: 'Open in the mail program',
    copy: 'Copy the text',
    copied: 'Copied',
    subject: 'Accessibility of Justera',
    page: 'Page',
    browser: 'Browser',
    missing: 'Write what does not work.',
  },
  supervision: {
    title: 'Supervision',
    text: 'The Swedish Agency for Digital Government, Digg, supervises the act on accessibility of digital public services. If you are not satisfied with the answer you get, you can report it to Digg.',
    link: 'Report to Digg',
  },
  method: {
    title: 'How we have assessed',
    text: 'The statement rests on our own review of this version: automatic tests with axe of every page in both appearances, tests with the keyboard alone, measured contrasts, and review at a width of 360 pixels. No independent review has been made yet.',
  },
}
