import type { BlockDrawing, BlockFact } from '@justera/binding'
import type { BlockAttributes } from '@justera/minutes'
import type { TFunction } from 'i18next'
import { formatDate } from '../app/format.ts'
import type { Language } from '../app/i18n/language.ts'
import { seatColour } from '../ui/AgencyMark.tsx'
import type { IconName } from '../ui/Icon.tsx'
import { agencyOf } from './attendanceGroups.ts'
import { KIND_ICONS } from './blockKinds.ts'
import type { Agency } from './minutesContext.tsx'

/** Wording around a block, and its icon by name: one description for editors and static text. */
export type BlockWording = Omit<BlockDrawing, 'icon' | 'facts'> & {
  readonly icon: IconName | null
  readonly facts: readonly FactWording[]
}

type FactWording = Omit<BlockFact, 'icon'> & { readonly icon?: IconName }

export type WordBlock = (attributes: BlockAttributes) => BlockWording

/** Label and facts of a block in the page's language; agencies get their plate where they have a seat. */
export function createWording(t: TFunction<'minutes'>, language: Language, agencies: readonly Agency[]): WordBlock {
  const seated = (name: string, id: string): Pick<BlockFact, 'agency'> => {
    const agency = name === '' ? null : agencyOf({ agency: name, agencyId: id }, agencies)
    return agency === null ? {} : { agency: { shortName: agency.shortName, seat: seatColour(agency.seat) } }
  }
  return ({ kind, responsible, responsibleId, due, party }) => {
    switch (kind) {
      case 'decision':
        return { label: t('block.decision'), icon: KIND_ICONS.decision, facts: [] }
      case 'action':
        return {
          label: t('block.action'),
          icon: KIND_ICONS.action,
          facts: [
            {
              kind: 'responsible',
              missing: responsible === '',
              text: responsible === '' ? t('block.setResponsible') : t('block.responsible', { name: responsible }),
              ...seated(responsible, responsibleId),
            },
            {
              kind: 'due',
              missing: due === '',
              text: due === '' ? t('block.setDue') : t('block.due', { date: formatDate(due, language) }),
              ...(due === '' ? {} : { icon: 'calendar' }),
            },
          ],
        }
      case 'tabled':
        return {
          label: t('block.tabled'),
          icon: KIND_ICONS.tabled,
          facts: [
            {
              kind: 'due',
              missing: due === '',
              text: due === '' ? t('block.setDue') : t('block.returns', { date: formatDate(due, language) }),
            },
          ],
        }
      case 'dissent':
        return {
          label: party === '' ? t('block.dissent') : t('block.dissentOf', { party }),
          icon: KIND_ICONS.dissent,
          // The label says whose it is; the fact is only the way to change that.
          facts: [{ kind: 'party', missing: true, text: party === '' ? t('block.setParty') : t('block.changeParty') }],
        }
      default:
        return { label: null, icon: null, facts: [] }
    }
  }
}
