import { readFile } from 'node:fs/promises'
import type { Role } from '@justera/adjustment'
import { importText } from '@justera/interchange'
import type { Agency } from '../store/councilStore.ts'
import type { Store } from '../store/store.ts'
import type { AgencyId, PersonId, UnixMs } from '../store/updateLog.ts'
import { createMeeting } from './meetings.ts'
import { councilMembers, withAgencyIds } from './newMeeting.ts'

/** Names the council that the first start creates; only there are sign-in links printed. */
export const DEMO_COUNCIL_ID = 'demo'

/** The real minutes of 7 June 2023, shipped with the project. */
const MINUTES = new URL('../../../tests/fixtures/protokoll-2023-06-07.txt', import.meta.url)

/** By seat, from 1. The first sixteen stand in the minutes; the council is spoken of as eighteen. */
const AGENCIES: readonly (readonly [shortName: string, name: string])[] = [
  ['SoS', 'Socialstyrelsen'],
  ['AV', 'Arbetsmiljöverket'],
  ['EHM', 'E-hälsomyndigheten'],
  ['IVO', 'Inspektionen för vård och omsorg'],
  ['Löf', 'Löf'],
  ['LV', 'Läkemedelsverket'],
  ['NSG', 'NSG patientsäkerhet'],
  ['RSS', 'RSS äldre och hälso- och sjukvård'],
  ['RiR', 'Riksrevisionen'],
  ['SBU', 'Statens beredning för medicinsk och social utvärdering'],
  ['SHK', 'Statens haverikommission'],
  ['SSM', 'Strålsäkerhetsmyndigheten'],
  ['FoHM', 'Folkhälsomyndigheten'],
  ['Forte', 'Forte'],
  ['PNÖ', 'Patientnämnden Östergötland'],
  ['SKR', 'Sveriges Kommuner och Regioner'],
  ['TLV', 'Tandvårds- och läkemedelsförmånsverket'],
  ['VoA', 'Myndigheten för vård- och omsorgsanalys'],
]

/** How many agencies have an account: those of the minutes. */
const AGENCIES_WITH_ACCOUNT = 16

/**
 * Makes the demo council with the real minutes in drafting, one account for the secretary, one for the
 * chair and one for each body. Addresses are made from agencies' names; nobody real has one.
 * @returns false, and changes nothing, where there is a council already
 * @throws Error when the shipped minutes cannot be read
 */
export async function createDemo(store: Store, now: () => UnixMs): Promise<boolean> {
  const source = importText(await readFile(MINUTES, 'utf8'))
  if (!source.ok) throw new Error(`the shipped minutes cannot be read: ${source.message}`)
  const agencies = demoAgencies()
  const council = { id: DEMO_COUNCIL_ID, name: 'Nationellt råd för patientsäkerhet' }
  if (!(await store.council.createCouncil(council, agencies))) return false

  for (const { id, name, email, agency, role } of demoPeople(agencies)) {
    await store.council.addPerson({ id: id as PersonId, name, email, agency: agency.id, role }, now())
  }
  const people = await store.council.people()
  await createMeeting(store.meetings, {
    minutes: withAgencyIds(source.minutes, agencies, source.agencies),
    origin: 'import',
    phase: 'drafting',
    actor: null,
    members: councilMembers(people),
    now: now(),
  })
  return true
}

function demoAgencies(): readonly Agency[] {
  return AGENCIES.map(([shortName, name], index) => ({
    id: `seat-${index + 1}` as AgencyId,
    name,
    shortName,
    seat: index + 1,
  }))
}

type DemoPerson = {
  readonly id: string
  readonly name: string
  readonly email: string
  readonly agency: Agency
  readonly role: Role
}

function demoPeople(agencies: readonly Agency[]): readonly DemoPerson[] {
  const [host, ...others] = agencies.slice(0, AGENCIES_WITH_ACCOUNT)
  if (host === undefined) return []
  const domain = `${addressPart(host.name)}.example`
  const leaders: readonly DemoPerson[] = [
    { id: 'demo-secretary', name: 'Sekreteraren', email: `sekreteraren@${domain}`, agency: host, role: 'secretary' },
    { id: 'demo-chair', name: 'Ordföranden', email: `ordforanden@${domain}`, agency: host, role: 'chair' },
  ]
  const bodies = [host, ...others].map((agency): DemoPerson => {
    const part = addressPart(agency.name)
    return { id: `demo-${part}`, name: agency.name, email: `${part}@${part}.example`, agency, role: 'participant' }
  })
  return [...leaders, ...bodies]
}

/** An agency's name as part of an address: a–z, 0–9 and hyphens, at most 63 characters. */
function addressPart(name: string): string {
  return name
    .normalize('NFD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
    .slice(0, 63)
}

/** The demo's accounts: secretary, chair, then the bodies by seat. */
export const DEMO_ADDRESSES: readonly string[] = demoPeople(demoAgencies()).map((person) => person.email)
