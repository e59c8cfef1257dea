import type { ReactNode } from 'react'
import { Icon, type IconName } from './Icon.tsx'

type Tone = 'plain' | 'ok' | 'warn' | 'danger' | 'todo'

/** A state: icon and word, tinted (`fill`) only where somebody must act. */
export function Status({
  icon,
  tone = 'plain',
  fill = false,
  children,
}: {
  readonly icon?: IconName
  readonly tone?: Tone
  readonly fill?: boolean
  readonly children: ReactNode
}) {
  const classes = ['st', tone === 'plain' ? '' : tone, fill ? 'fill' : ''].filter(Boolean).join(' ')
  return (
    <span className={classes}>
      {icon ? <Icon name={icon} /> : null}
      {children}
    </span>
  )
}
