import { z } from 'zod'

const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const

const httpUrl = z.url({ protocol: /^https?$/, error: 'must be an http or https address' })

/** An origin: scheme, host, port; no path. */
const origin = httpUrl
  .pipe(z.string().refine((url) => new URL(url).pathname === '/', { error: 'must have no path' }))
  .transform((url) => new URL(url).origin)

const Environment = z
  .object({
    PORT: z.coerce.number({ error: 'must be a port number' }).int().min(1).max(65_535).default(3000),
    HOST: z.string().min(1).default('127.0.0.1'),
    DATA_DIR: z.string().min(1).default('./data'),
    PUBLIC_URL: origin.optional(),
    SMTP_URL: z.url({ protocol: /^smtps?$/, error: 'must be an smtp or smtps address' }).optional(),
    LOG_LEVEL: z.enum(LOG_LEVELS).default('info'),
    DEMO: z.enum(['0', '1']).default('1'),
  })
  .transform((env) => ({
    port: env.PORT,
    host: env.HOST,
    dataDir: env.DATA_DIR,
    /** exact Origin of every request that changes something, and start of every link that is mailed */
    publicOrigin: env.PUBLIC_URL ?? `http://localhost:${env.PORT}`,
    smtpUrl: env.SMTP_URL ?? null,
    logLevel: env.LOG_LEVEL,
    /** whether a first start on empty data creates the demo council */
    demo: env.DEMO === '1',
  }))

export type Config = z.output<typeof Environment>

export type ConfigRead =
  | { readonly ok: true; readonly config: Config }
  | { readonly ok: false; readonly problems: readonly string[] }

/** Reads the settings; an empty variable counts as not set. */
export function readConfig(env: Readonly<Record<string, string | undefined>>): ConfigRead {
  const set = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value !== ''))
  const read = Environment.safeParse(set)
  if (read.success) return { ok: true, config: read.data }
  return { ok: false, problems: read.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`) }
}
