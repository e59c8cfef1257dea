import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

/** A real server process on 127.0.0.1 with the demo data, for browser, load and fault runs. */
export type TestServer = {
  readonly url: string
  readonly dataDir: string
  readonly pid: number
  /** e-mail addresses of the demo people, in the order printed */
  readonly emails: readonly string[]
  /** @returns a Cookie header of a fresh session; asks for a new link when the printed one is used up */
  signIn(email: string): Promise<string>
  /** The address of an unused sign-in link. */
  signInLink(email: string): Promise<string>
  /** @returns the id of the only meeting the demo starts with */
  meeting(cookie: string): Promise<string>
  /** Ends the process; its data stays. SIGTERM unless told otherwise. */
  stop(signal?: NodeJS.Signals): Promise<void>
  /** Ends the process and deletes its data, unless the folder was the caller's. */
  dispose(): Promise<void>
}

const root = fileURLToPath(new URL('../..', import.meta.url))
const START_LIMIT_MS = 30_000

export async function freePort(): Promise<number> {
  const probe = createServer()
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve))
  const address = probe.address()
  await new Promise((resolve) => probe.close(resolve))
  if (address === null || typeof address === 'string') throw new Error('no port')
  return address.port
}

/**
 * Starts the server and waits for its `ready` line.
 * @param options.dataDir reused across restarts when given; otherwise a temporary folder
 * @throws Error with the server's output when it ends or stays silent for 30 s
 */
export async function startServer(
  options: { readonly dataDir?: string; readonly port?: number; readonly env?: Readonly<Record<string, string>> } = {},
): Promise<TestServer> {
  const dataDir = options.dataDir ?? (await mkdtemp(join(tmpdir(), 'justera-')))
  const port = options.port ?? (await freePort())
  const child = spawn(process.execPath, ['server/src/cli.ts', 'serve'], {
    cwd: root,
    env: {
      ...process.env,
      // Compiled code is kept between the many starts of a run; a process that ends in order writes it.
      NODE_COMPILE_CACHE: join(tmpdir(), 'justera-compile-cache'),
      PORT: String(port),
      DATA_DIR: dataDir,
      LOG_LEVEL: 'warn',
      ...options.env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  // A run that throws must not leave its server behind.
  const abandon = (): void => void child.kill('SIGKILL')
  process.once('exit', abandon)
  child.once('exit', () => process.off('exit', abandon))
  const { url, links } = await readiness(child)
  const cookies = new Map<string, string>()

  async function signInLink(email: string): Promise<string> {
    const printed = links.get(email)
    if (printed !== undefined) {
      links.delete(email)
      return printed
    }
    return cliLine(['sign-in-link', email], { DATA_DIR: dataDir, PORT: String(port), ...options.env })
  }

  return {
    url,
    dataDir,
    pid: child.pid ?? 0,
    emails: [...links.keys()],
    signInLink,
    async signIn(email) {
      const known = cookies.get(email)
      if (known !== undefined) return known
      const response = await fetch(await signInLink(email), {
        method: 'POST',
        headers: { origin: url },
        redirect: 'manual',
      })
      const cookie = response.headers.getSetCookie().map((line) => line.split(';')[0])
      if (cookie.length === 0) throw new Error(`sign-in of ${email} answered ${response.status} without a cookie`)
      cookies.set(email, cookie.join('; '))
      return cookie.join('; ')
    },
    async meeting(cookie) {
      const response = await fetch(`${url}/api/meetings`, { headers: { cookie } })
      const list: unknown = await response.json()
      if (!Array.isArray(list) || list.length !== 1) throw new Error(`expected one meeting: ${JSON.stringify(list)}`)
      return String((list[0] as { id: unknown }).id)
    },
    stop: (signal = 'SIGTERM') => ended(child, signal),
    async dispose() {
      await ended(child, 'SIGTERM')
      if (options.dataDir === undefined) await rm(dataDir, { recursive: true, force: true })
    },
  }
}

function readiness(child: ChildProcess): Promise<{ url: string; links: Map<string, string> }> {
  return new Promise((resolve, reject) => {
    const output: string[] = []
    const links = new Map<string, string>()
    let url: string | undefined
    const fail = (why: string): void => {
      child.kill('SIGKILL')
      reject(new Error(`server ${why}:\n${output.join('\n')}`))
    }
    const limit = setTimeout(() => fail('did not get ready'), START_LIMIT_MS)
    child.once('exit', (code) => {
      clearTimeout(limit)
      reject(new Error(`server ended with ${code}:\n${output.join('\n')}`))
    })
    const { stdout, stderr } = child
    if (stdout === null || stderr === null) return fail('has no output')
    createInterface({ input: stderr }).on('line', (line) => output.push(line))
    createInterface({ input: stdout }).on('line', (line) => {
      output.push(line)
      const [word, first, second] = line.split(' ')
      if (word === 'ready') {
        url = first
        // The sign-in lines follow at once; give them one turn to arrive.
        setTimeout(() => {
          clearTimeout(limit)
          if (url !== undefined) resolve({ url, links })
        }, 300)
      }
      if (word === 'sign-in' && first !== undefined && second !== undefined) links.set(first, second)
    })
  })
}

function ended(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve()
  return new Promise((resolve) => {
    child.once('exit', () => resolve())
    child.kill(signal)
  })
}

/** The address that a command of the command line prints. */
async function cliLine(args: readonly string[], env: Readonly<Record<string, string>>): Promise<string> {
  const child = spawn(process.execPath, ['server/src/cli.ts', ...args], {
    cwd: root,
    env: { ...process.env, LOG_LEVEL: 'warn', ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let text = ''
  child.stdout.on('data', (chunk) => {
    text += chunk
  })
  await new Promise((resolve) => child.once('close', resolve))
  const address = /https?:\/\/\S+/.exec(text)?.[0]
  if (address === undefined) throw new Error(`${args.join(' ')} printed no address: ${text}`)
  return address
}
