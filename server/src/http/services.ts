import type { Logger } from 'pino'
import type { Registry } from 'prom-client'
import type { Config } from '../config.ts'
import type { ImportReader } from '../interchange/importReader.ts'
import type { Meetings } from '../meetings/meetings.ts'
import type { AccessChanges } from '../people/accessControl.ts'
import type { Delivery } from '../people/delivery.ts'
import type { People } from '../people/people.ts'
import type { SessionCookie } from '../people/sessionCookie.ts'
import type { Sessions } from '../people/sessions.ts'
import type { SignInLinks } from '../people/signIn.ts'
import type { Store } from '../store/store.ts'
import type { SyncService } from '../sync/syncService.ts'

/** What the routes work with; made once in main.ts, or by a test. */
export type Services = {
  readonly config: Pick<Config, 'publicOrigin'>
  readonly store: Store
  readonly sync: SyncService
  readonly sessions: Sessions
  readonly cookie: SessionCookie
  readonly links: SignInLinks
  readonly people: People
  readonly meetings: Meetings
  readonly accessChanges: AccessChanges
  readonly delivery: Delivery
  readonly imports: ImportReader
  readonly metrics: Registry
  readonly logger: Logger
  /** false once the process is going down */
  readonly ready: () => boolean
  /** folder of the built client */
  readonly clientDir: string
}
