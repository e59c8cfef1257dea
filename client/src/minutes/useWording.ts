import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { currentLanguage } from '../app/i18n/i18n.ts'
import { createWording, type WordBlock } from './drawBlock.ts'
import { useSetting } from './minutesContext.tsx'

/** The page's words for blocks; another function when language or agencies changed. */
export function useWording(): WordBlock {
  const { t } = useTranslation('minutes')
  const { agencies } = useSetting()
  const language = currentLanguage()
  return useMemo(() => createWording(t, language, agencies), [t, language, agencies])
}
