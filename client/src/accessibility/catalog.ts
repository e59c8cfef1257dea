import { registerCatalog } from '../app/i18n/i18n.ts'
import { en } from './catalog.en.ts'
import { sv } from './catalog.sv.ts'

registerCatalog('accessibility', { sv, en })

declare module 'i18next' {
  interface ResourceNamespaceMap {
    accessibility: typeof sv
  }
}
