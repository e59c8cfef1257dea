import { may, type Phase, type Role } from '@justera/adjustment'
import type { Meeting } from '@justera/protocol'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { formatDate } from '../app/format.ts'
import { currentLanguage } from '../app/i18n/i18n.ts'
import { Settings } from '../app/PageFrame.tsx'
import { Icon } from '../ui/Icon.tsx'
import { Logo } from '../ui/Logo.tsx'
import { useHeaderField } from './documentHooks.ts'
import { HereNow } from './HereNow.tsx'
import { useParts } from './minutesContext.tsx'
import { OutlineButton } from './OutlineDrawer.tsx'
import { BarActions, PhasePath } from './PhasePath.tsx'
import { SaveStatusView } from './SaveStatusView.tsx'

/** Where one is, which phase it is, whether all is saved, who is here. */
export function MinutesBar({
  meeting,
  phase,
  role,
}: {
  readonly meeting: Meeting
  readonly phase: Phase
  readonly role: Role
}) {
  const { t } = useTranslation(['minutes', 'app'])
  return (
    <header className="bar minutes-bar" data-region="bar" tabIndex={-1}>
      <div className="bar-where">
        <Link className="logo" to="/" aria-label={t('app:allMeetings')}>
          <Logo />
        </Link>
        <Where meeting={meeting} />
        <OutlineButton />
      </div>
      <PhasePath phase={phase} />
      <div className="bar-do">
        <SaveStatusView />
        <HereNow />
        {may(role, 'manage', phase) ? (
          <Link
            className="btn icon quiet only-wide"
            to="/meetings/$meetingId/people"
            params={{ meetingId: meeting.id }}
            aria-label={t('bar.people')}
          >
            <Icon name="people" />
          </Link>
        ) : null}
        <Settings />
        <BarActions phase={phase} role={role} />
      </div>
    </header>
  )
}

function Where({ meeting }: { readonly meeting: Meeting }) {
  const { doc } = useParts()
  const subject = useHeaderField(doc, 'subject')
  const date = useHeaderField(doc, 'date')
  const name = useHeaderField(doc, 'meeting')
  const second = [formatDate(date || meeting.date, currentLanguage()), name].filter(Boolean).join(', ')
  return (
    <div className="title">
      <strong>{subject || meeting.title}</strong>
      <span>{second}</span>
    </div>
  )
}
