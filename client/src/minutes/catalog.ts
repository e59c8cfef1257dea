import { registerCatalog } from '../app/i18n/i18n.ts'
import { en } from './catalog.en.ts'
import { sv } from './catalog.sv.ts'

declare module 'i18next' {
  interface ResourceNamespaceMap {
    minutes: typeof sv
  }
}

registerCatalog('minutes', { sv, en })
