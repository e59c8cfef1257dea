import type { ReactNode } from 'react'
import { Icon, type IconName } from './Icon.tsx'

export type NoteTone = 'plain' | 'ok' | 'warn' | 'danger'

const ICONS: Readonly<Record<NoteTone, IconName>> = { plain: 'info', ok: 'check', warn: 'alert', danger: 'alert' }

/**
 * A short message in its place on the page. Danger interrupts a screen reader, the others wait for a pause;
 * `live={false}` is for notes that are part of the page from the start.
 */
export function Note({
  tone = 'plain',
  icon = ICONS[tone],
  title,
  action,
  live = true,
  children,
}: {
  readonly tone?: NoteTone
  readonly icon?: IconName
  readonly title?: ReactNode
  readonly action?: ReactNode
  readonly live?: boolean
  readonly children?: ReactNode
}) {
  const role = live ? (tone === 'danger' ? 'alert' : 'status') : undefined
  return (
    <div className={tone === 'plain' ? 'note' : `note ${tone}`} role={role}>
      <Icon name={icon} />
      <div>
        {title ? <b>{title}</b> : null} {children ? <span>{children}</span> : null}
      </div>
      {action}
    </div>
  )
}
