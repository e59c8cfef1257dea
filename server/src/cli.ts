import { readFile } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import { isRole, ROLES } from '@justera/adjustment'
import { importText } from '@justera/interchange'
import { canonicalMinutes, newId, readMinutes } from '@justera/minutes'
import { EmailAddress } from '@justera/protocol'
import { type Config, readConfig } from './config.ts'
import { matchAgency } from './meetings/matchAgency.ts'
import { createMeeting } from './meetings/meetings.ts'
import { councilMembers, withAgencyIds } from './meetings/newMeeting.ts'
import { documentOf } from './meetings/replay.ts'
import { verifyMeeting } from './meetings/verifyMeeting.ts'
import { createSignInLinks } from './people/signIn.ts'
import { openStore } from './store/openStore.ts'
import type { Store } from './store/store.ts'
import type { AgencyId, MeetingId, PersonId } from './store/updateLog.ts'

const USAGE = `justera <command>

  serve                                     start the server
  person add <email> --name <name> --agency <agency> --role <${ROLES.join('|')}>
                                            add an account; an unknown agency gets the next seat
  sign-in-link <email>                      print a one-time link, good for 15 minutes
  import <file>                             create a meeting from minutes as plain text
  export <meeting> --format json            print the minutes in canonical form
  verify <meeting>                          check a meeting's log: chain, replay, stored state

Settings come from the environment: PORT, HOST, DATA_DIR, PUBLIC_URL, SMTP_URL, LOG_LEVEL, DEMO.`

/** How long a stopping server may take before it is ended the hard way. */
const STOP_MS = 9_000

/** What went wrong, for the person at the terminal; ends the process with 1, or 2 for wrong usage. */
class CommandError extends Error {
  readonly exitCode: number

  constructor(message: string, exitCode = 1) {
    super(message)
    this.name = 'CommandError'
    this.exitCode = exitCode
  }
}

const usage = (message: string) => new CommandError(`${message}\n\n${USAGE}`, 2)

async function run(args: readonly string[]): Promise<void> {
  const [command, ...rest] = args
  switch (command) {
    case 'serve':
      return runServer(settings())
    case 'person':
      if (rest[0] !== 'add') throw usage('person: only "add" is known')
      return addPerson(rest.slice(1))
    case 'sign-in-link':
      return signInLink(rest)
    case 'import':
      return importFile(rest)
    case 'export':
      return exportMeeting(rest)
    case 'verify':
      return verify(rest)
    case 'help':
    case '--help':
    case undefined:
      console.log(USAGE)
      return
    default:
      throw usage(`unknown command: ${command}`)
  }
}

async function runServer(config: Config): Promise<void> {
  const { serve } = await import('./main.ts') // only here: commands start faster without the server's parts
  const server = await serve(config, (line) => console.log(line))
  const stop = (): void => {
    setTimeout(() => process.exit(1), STOP_MS).unref()
    server.stop().then(
      () => process.exit(0),
      (error) => {
        console.error(error)
        process.exit(1)
      },
    )
  }
  process.once('SIGTERM', stop)
  process.once('SIGINT', stop)
}

async function addPerson(args: readonly string[]): Promise<void> {
  const { values, positionals } = parse(args, {
    name: { type: 'string' },
    agency: { type: 'string' },
    role: { type: 'string' },
  })
  const email = EmailAddress.safeParse(one(positionals, 'person add', 'email'))
  const { name, agency: agencyName, role } = values
  if (!email.success) throw usage('person add: not an e-mail address')
  if (typeof name !== 'string' || name === '') throw usage('person add: --name is missing')
  if (typeof agencyName !== 'string' || agencyName === '') throw usage('person add: --agency is missing')
  if (!isRole(role)) throw usage(`person add: --role must be one of ${ROLES.join(', ')}`)
  await withStore(async (store) => {
    await store.council.createCouncil({ id: newId(), name: 'Råd' }, [])
    const names = agencyNames(agencyName)
    const known = matchAgency(names.name, names.shortName, await store.council.agencies())
    const agency = known ?? (await store.council.addAgency({ id: newId<AgencyId>(), ...names }))
    const person = { id: newId<PersonId>(), name, email: email.data, agency: agency.id, role }
    const added = await store.council.addPerson(person, Date.now())
    if (!added.ok) throw new CommandError(`person add: ${added.reason}`)
    console.log(`added ${added.person.email} (${role}, ${agency.name}, seat ${agency.seat})`)
  })
}

async function signInLink(args: readonly string[]): Promise<void> {
  const email = one(parse(args, {}).positionals, 'sign-in-link', 'email')
  const { publicOrigin } = settings()
  await withStore(async (store) => {
    const person = await store.council.personByEmail(email)
    if (person === null) throw new CommandError(`sign-in-link: nobody has the address ${email}`)
    console.log(await createSignInLinks(store.links, publicOrigin, Date.now).forPerson(person))
  })
}

async function importFile(args: readonly string[]): Promise<void> {
  const file = one(parse(args, {}).positionals, 'import', 'file')
  const read = importText(await readFile(file, 'utf8'))
  if (!read.ok) throw new CommandError(`import: ${read.message} (${read.reason}) ${read.details}`.trim())
  for (const { level, code, item, source, result } of read.notes) {
    const place = item === null ? 'head' : `item ${item + 1}`
    console.error(`${level} ${code} (${place}): ${source}${result === '' ? '' : ` → ${result}`}`)
  }
  await withStore(async (store) => {
    const people = await store.council.people()
    if (people.length === 0) throw new CommandError('import: there is no council yet; run "person add" first')
    const id = await createMeeting(store.meetings, {
      minutes: withAgencyIds(read.minutes, await store.council.agencies(), read.agencies),
      origin: 'import',
      phase: 'drafting',
      actor: null,
      members: councilMembers(people),
      now: Date.now(),
    })
    console.log(id)
  })
}

async function exportMeeting(args: readonly string[]): Promise<void> {
  const { values, positionals } = parse(args, { format: { type: 'string' } })
  const id = one(positionals, 'export', 'meeting') as MeetingId
  if (values.format !== 'json') throw usage('export: --format must be json')
  await withStore(async (store) => {
    const state = await store.log.open(id)
    if (state === null) throw new CommandError(`export: there is no meeting ${id}`)
    console.log(JSON.stringify(canonicalMinutes(readMinutes(documentOf(state))), null, 2))
  })
}

async function verify(args: readonly string[]): Promise<void> {
  const id = one(parse(args, {}).positionals, 'verify', 'meeting') as MeetingId
  await withStore(async (store) => {
    const verdict = await verifyMeeting(store.log, id)
    if (!verdict.ok) throw new CommandError(`verify: ${verdict.message}`)
    console.log(`ok ${id}: ${verdict.head.seq} rows, head ${verdict.head.hash}`)
  })
}

function settings(): Config {
  const read = readConfig(process.env)
  if (read.ok) return read.config
  throw new CommandError(`settings:\n  ${read.problems.join('\n  ')}`, 2)
}

/** Commands may run beside the server: SQLite lets one process write at a time and the others wait. */
async function withStore(use: (store: Store) => Promise<void>): Promise<void> {
  const store = await openStore(settings().dataDir)
  try {
    await use(store)
  } finally {
    await store.close()
  }
}

type Options = Readonly<Record<string, { readonly type: 'string' }>>

function parse(args: readonly string[], options: Options) {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true, strict: true })
  } catch (error) {
    throw usage(error instanceof Error ? error.message : String(error))
  }
}

function one(positionals: readonly string[], command: string, what: string): string {
  const [value, ...more] = positionals
  if (value === undefined || more.length > 0) throw usage(`${command}: give one ${what}`)
  return value
}

/** A new agency's names: what stands in parentheses is the short one, else the initials or the beginning. */
function agencyNames(given: string): { readonly name: string; readonly shortName: string } {
  const inParentheses = /\(([^)]+)\)/.exec(given)?.[1]?.trim()
  const name = given
    .replace(/\([^)]*\)/g, ' ')
    .replace(/\s+/g, ' ')
    .trim()
  const words = name.split(/[\s-]+/).filter((word) => /^\p{L}/u.test(word))
  const initials = words.map((word) => word[0]?.toUpperCase() ?? '').join('')
  const shortName = inParentheses ?? (words.length > 1 ? initials : name)
  return { name: name === '' ? given : name, shortName: shortName.slice(0, 12) }
}

try {
  await run(process.argv.slice(2))
} catch (error) {
  console.error(error instanceof CommandError ? error.message : error)
  process.exitCode = error instanceof CommandError ? error.exitCode : 1
}
