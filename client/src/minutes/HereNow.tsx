import { useEffect, useRef, useSyncExternalStore } from 'react'
import { Button, Dialog, DialogTrigger, Popover } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import { type AgencyHere, agenciesHere } from '../sync/presence.ts'
import { AgencyMark } from '../ui/AgencyMark.tsx'
import { useParts, useSetting } from './minutesContext.tsx'

/** Marks shown in the bar before the rest is counted. */
const SHOWN = 4

/** Who else is in the meeting: their agencies' marks, and their names when the marks are pressed. */
export function HereNow() {
  const { t } = useTranslation('minutes')
  const { connection, announcer } = useParts()
  const { me } = useSetting()
  const present = useSyncExternalStore(connection.presence.subscribe, connection.presence.getSnapshot)
  const others = agenciesHere(present)
  const known = useRef<ReadonlySet<string> | null>(null)
  useEffect(() => {
    const people = new Set(present.map(({ user }) => user.person))
    const before = known.current
    known.current = people
    if (before === null || before.size === 0) return
    const arrived = present.find(({ user }) => !before.has(user.person) && user.person !== me.id)
    if (arrived) announcer.mention(t('live.arrived', { who: `${arrived.user.name}, ${arrived.user.agency.name}` }))
  }, [present, me.id, announcer, t])
  if (others.length === 0) return null
  const label = t('bar.here', { count: others.length })
  const rest = others.length - SHOWN
  return (
    <DialogTrigger>
      <Button className="btn quiet here" data-testid="here-now">
        <span className="vh">{label}: </span>
        <span className="ags">
          {others.slice(0, SHOWN).map(({ agency }, n) => (
            <span key={agency.id} className={n < 2 ? undefined : 'only-wide2'}>
              <AgencyMark agency={agency} />
            </span>
          ))}
          {rest > 0 ? <span className="more only-wide2">{t('bar.more', { n: rest })}</span> : null}
          {others.length > 2 ? <span className="more here-few">{t('bar.more', { n: others.length - 2 })}</span> : null}
        </span>
      </Button>
      <Popover className="float pop" placement="bottom end">
        <Dialog className="pop-in" aria-label={label}>
          <h2 className="pop-h">{label}</h2>
          <HereList others={others} />
        </Dialog>
      </Popover>
    </DialogTrigger>
  )
}

function HereList({ others }: { readonly others: readonly AgencyHere[] }) {
  return (
    <ul className="here-list plain">
      {others.map(({ agency, names }) => (
        <li key={agency.id}>
          <AgencyMark agency={agency} />
          <div>
            <b>{agency.name}</b>
            <span className="soft small">{names.join(', ')}</span>
          </div>
        </li>
      ))}
    </ul>
  )
}
