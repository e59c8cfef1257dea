import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { SUBPROTOCOL } from '@justera/protocol'
import { WebSocket } from 'ws'
import { freePort, startServer } from '../support/server.ts'

/** Something that load clients connect to: the relay, or Justera as its users run it. */
export type Target = {
  readonly name: string
  readonly pid: number
  /** A fresh socket of the n-th client; not yet open. */
  connect(client: number): WebSocket
  dispose(): Promise<void>
}

export async function startRelay(): Promise<Target> {
  const port = await freePort()
  const child = spawn(process.execPath, [fileURLToPath(new URL('relay.ts', import.meta.url)), String(port)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  await new Promise<void>((resolve) => createInterface({ input: child.stdout }).once('line', () => resolve()))
  return {
    name: 'relay',
    pid: child.pid ?? 0,
    connect: () => new WebSocket(`ws://127.0.0.1:${port}/room`, { perMessageDeflate: false }),
    dispose: () =>
      new Promise((resolve) => {
        child.once('exit', () => resolve())
        child.kill('SIGTERM')
      }),
  }
}

/** Justera with SQLite FULL, auth, gate and limits on; clients spread over the demo's people. */
export async function startJustera(): Promise<
  Target & { readonly url: string; readonly meeting: string; readonly cookies: readonly string[] }
> {
  const server = await startServer()
  const cookies: string[] = []
  for (const email of server.emails) cookies.push(await server.signIn(email))
  const meeting = await server.meeting(cookies[0] ?? '')
  return {
    name: 'justera',
    pid: server.pid,
    url: server.url,
    meeting,
    cookies,
    connect: (client) =>
      new WebSocket(`${server.url.replace(/^http/, 'ws')}/sync/${meeting}`, [SUBPROTOCOL], {
        perMessageDeflate: false,
        headers: { cookie: cookies[client % cookies.length] ?? '', origin: server.url },
      }),
    dispose: () => server.dispose(),
  }
}

/** User and system time of a process so far, in milliseconds (Linux: /proc, 10 ms ticks). */
export function cpuMs(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return (Number(fields[11]) + Number(fields[12])) * 10
}

/** Resident memory of a process, in bytes. */
export function residentBytes(pid: number): number {
  const pages = readFileSync(`/proc/${pid}/statm`, 'utf8').split(' ')[1]
  return Number(pages) * 4096
}

/** The value below which a share `q` (0 … 1) of the sorted values lie; NaN for none. */
export function quantile(sorted: readonly number[], q: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * q))] ?? Number.NaN
}
