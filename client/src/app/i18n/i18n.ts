import i18next from 'i18next'
import { initReactI18next } from 'react-i18next'
import { en } from '../catalog.en.ts'
import { sv } from '../catalog.sv.ts'
import { type Language, readLanguage, storeLanguage } from './language.ts'

/**
 * Each area of the client has two catalog files of its own and one namespace, registered by the area's own chunk:
 *
 *     // minutes/catalog.ts
 *     registerCatalog('minutes', { sv, en })
 *     declare module 'i18next' { interface ResourceNamespaceMap { minutes: typeof sv } }
 *
 * and read with `useTranslation('minutes')`. Keys are typed by the Swedish catalog.
 */
export type Catalog = { readonly [key: string]: string | Catalog }

/** The English catalog has exactly the Swedish one's keys. */
export type SameKeys<T> = { readonly [K in keyof T]: T[K] extends string ? string : SameKeys<T[K]> }

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'app'
    returnNull: false
  }
  interface ResourceNamespaceMap {
    app: typeof sv
  }
}

void i18next.use(initReactI18next).init({
  lng: readLanguage(),
  fallbackLng: 'sv',
  supportedLngs: ['sv', 'en'],
  defaultNS: 'app',
  ns: ['app'],
  resources: { sv: { app: sv }, en: { app: en } },
  interpolation: { escapeValue: false },
  returnNull: false,
  initAsync: false,
})

/** Adds an area's catalog; call it once where the area's chunk is loaded. */
export function registerCatalog<T extends Catalog>(
  namespace: string,
  catalogs: { readonly sv: T; readonly en: SameKeys<T> },
): void {
  i18next.addResourceBundle('sv', namespace, catalogs.sv)
  i18next.addResourceBundle('en', namespace, catalogs.en)
}

/** The language that the page speaks now. */
export function currentLanguage(): Language {
  return i18next.language === 'en' ? 'en' : 'sv'
}

/** Switches the page's language, keeps the choice on the device and tells assistive technology. */
export async function chooseLanguage(language: Language): Promise<void> {
  storeLanguage(language)
  await i18next.changeLanguage(language)
  document.documentElement.lang = language
}
