import type { RoleName } from '@justera/protocol'
import { Button, Menu, MenuItem, MenuTrigger, Popover } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import { Icon, type IconName } from '../ui/Icon.tsx'
import { RoleChoice } from './PersonForm.tsx'

type Role = (typeof RoleName.options)[number]

export type PersonAction = { readonly id: string; readonly icon: IconName; readonly label: string; run(): void }

/** One person: name and address, role, and what else can be done. */
export function PersonRow({
  name,
  email,
  role,
  isMe,
  actions,
  onRole,
}: {
  readonly name: string
  readonly email: string
  readonly role: Role
  readonly isMe: boolean
  readonly actions: readonly PersonAction[]
  readonly onRole: (role: Role) => void
}) {
  const { t } = useTranslation('people')
  return (
    <li className="person">
      <div className="person-who">
        <b>
          {name}
          {isMe ? <span className="muted"> ({t('you')})</span> : null}
        </b>
        <span className="soft small">{email}</span>
      </div>
      <RoleChoice hideLabel label={t('roleOf', { name })} value={role} onChoose={onRole} />
      <MenuTrigger>
        <Button className="btn icon quiet" aria-label={t('actions', { name })}>
          <Icon name="more" />
        </Button>
        <Popover className="float menu" placement="bottom end">
          <Menu
            className="menu-list"
            aria-label={t('actions', { name })}
            onAction={(key) => actions.find(({ id }) => id === key)?.run()}
          >
            {actions.map(({ id, icon, label }) => (
              <MenuItem key={id} id={id} className="menu-item" textValue={label}>
                <Icon name={icon} />
                {label}
              </MenuItem>
            ))}
          </Menu>
        </Popover>
      </MenuTrigger>
    </li>
  )
}
