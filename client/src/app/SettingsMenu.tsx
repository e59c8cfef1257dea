import { useNavigate } from '@tanstack/react-router'
import { type RefObject, useState } from 'react'
import { Header, Menu, MenuItem, MenuSection, Popover, Separator } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import { Icon } from '../ui/Icon.tsx'
import { chooseLanguage, currentLanguage } from './i18n/i18n.ts'
import { LANGUAGES } from './i18n/language.ts'
import { chooseLetterKeys, useLetterKeys } from './letterKeys.ts'
import { useSignedIn } from './queries.ts'
import { signOut } from './signOut.ts'
import { chooseTheme, readTheme, THEMES } from './theme.ts'

/** Language, theme, keys, the pages that belong to no meeting, and the way out. Mounted while it is open. */
export function SettingsMenu({
  trigger,
  onClose,
}: {
  readonly trigger: RefObject<HTMLElement | null>
  readonly onClose: () => void
}) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const letterKeys = useLetterKeys()
  const [theme, setTheme] = useState(readTheme)
  const me = useSignedIn()
  return (
    <Popover
      aria-label={t('settings.title')}
      className="float menu"
      placement="bottom end"
      triggerRef={trigger}
      isOpen
      onOpenChange={(open) => {
        if (!open) onClose()
      }}
    >
      <Menu className="menu-list" aria-label={t('settings.title')} autoFocus="first" onClose={onClose}>
        <MenuSection
          selectionMode="single"
          disallowEmptySelection
          selectedKeys={[currentLanguage()]}
          onSelectionChange={(keys) => {
            const chosen = LANGUAGES.find((language) => keys !== 'all' && keys.has(language))
            if (chosen) void chooseLanguage(chosen)
          }}
        >
          <Header className="menu-head">{t('settings.language')}</Header>
          {LANGUAGES.map((language) => (
            <MenuItem key={language} id={language} className="menu-item" textValue={t(`settings.${language}`)}>
              {({ isSelected }) => <Choice selected={isSelected} label={t(`settings.${language}`)} lang={language} />}
            </MenuItem>
          ))}
        </MenuSection>
        <MenuSection
          selectionMode="single"
          disallowEmptySelection
          selectedKeys={[theme]}
          onSelectionChange={(keys) => {
            const chosen = THEMES.find((name) => keys !== 'all' && keys.has(name))
            if (!chosen) return
            chooseTheme(chosen)
            setTheme(chosen)
          }}
        >
          <Header className="menu-head">{t('settings.theme')}</Header>
          {THEMES.map((name) => (
            <MenuItem key={name} id={name} className="menu-item" textValue={t(`settings.${name}`)}>
              {({ isSelected }) => <Choice selected={isSelected} label={t(`settings.${name}`)} />}
            </MenuItem>
          ))}
        </MenuSection>
        <MenuSection
          selectionMode="multiple"
          selectedKeys={letterKeys ? ['letterKeys'] : []}
          onSelectionChange={(keys) => chooseLetterKeys(keys === 'all' || keys.has('letterKeys'))}
        >
          <Header className="menu-head">{t('settings.keys')}</Header>
          <MenuItem id="letterKeys" className="menu-item" textValue={t('settings.letterKeys')}>
            {({ isSelected }) => <Choice selected={isSelected} label={t('settings.letterKeys')} />}
          </MenuItem>
        </MenuSection>
        <Separator className="menu-line" />
        {me?.role === 'secretary' ? (
          <MenuItem id="people" className="menu-item" onAction={() => void navigate({ to: '/people' })}>
            <Icon name="people" />
            {t('settings.people')}
          </MenuItem>
        ) : null}
        <MenuItem id="accessibility" className="menu-item" onAction={() => void navigate({ to: '/accessibility' })}>
          <Icon name="accessibility" />
          {t('settings.accessibility')}
        </MenuItem>
        {me ? (
          <MenuItem id="signOut" className="menu-item" onAction={() => void signOut('here')}>
            <Icon name="signOut" />
            {t('settings.signOut')}
          </MenuItem>
        ) : null}
        {me ? (
          <MenuItem id="signOutEverywhere" className="menu-item" onAction={() => void signOut('everywhere')}>
            <span />
            {t('settings.signOutEverywhere')}
          </MenuItem>
        ) : null}
      </Menu>
    </Popover>
  )
}

function Choice({ selected, label, lang }: { selected: boolean; label: string; lang?: string }) {
  return (
    <>
      {selected ? <Icon name="check" /> : <span />}
      <span lang={lang}>{label}</span>
    </>
  )
}
