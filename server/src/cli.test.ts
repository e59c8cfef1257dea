import { spawn } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

const CLI = fileURLToPath(new URL('./cli.ts', import.meta.url))
const FIXTURE = fileURLToPath(new URL('../../tests/fixtures/protokoll-2023-06-07.txt', import.meta.url))

describe('command line', () => {
  let folder: string

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'justera-cli-'))
  })
  afterAll(() => rm(folder, { recursive: true, force: true }))

  function start(args: readonly string[], env: Readonly<Record<string, string>> = {}) {
    const child = spawn(process.execPath, [CLI, ...args], {
      env: {
        PATH: process.env.PATH ?? '',
        DATA_DIR: join(folder, 'data'),
        NODE_COMPILE_CACHE: join(folder, 'compiled'),
        ...env,
      },
    })
    const output = { out: '', err: '' }
    child.stdout.on('data', (chunk) => {
      output.out += chunk
    })
    child.stderr.on('data', (chunk) => {
      output.err += chunk
    })
    const code = new Promise<number | null>((resolve) => child.once('close', resolve))
    return { child, output, code }
  }

  async function run(args: readonly string[], env?: Readonly<Record<string, string>>) {
    const { output, code } = start(args, env)
    return { code: await code, ...output }
  }

  test('[HT13] without a demo the first account is added, signs in, imports, exports and verifies', async () => {
    const added = await run([
      'person',
      'add',
      'Anna@mft.example',
      '--name',
      'Anna',
      '--agency',
      'Myndigheten för test (MFT)',
      '--role',
      'secretary',
    ])
    expect(added).toEqual({
      code: 0,
      out: 'added anna@mft.example (secretary, Myndigheten för test, seat 1)\n',
      err: '',
    })
    const link = await run(['sign-in-link', 'anna@mft.example'], { PUBLIC_URL: 'https://justera.example' })
    expect(link.out).toMatch(/^https:\/\/justera\.example\/sign-in\/[\w-]{43}\n$/)
    const imported = await run(['import', FIXTURE])
    const id = imported.out.trim()
    expect(imported.err).toContain('repaired hyphenation (item 2)')
    const exported = await run(['export', id, '--format', 'json'])
    expect(JSON.parse(exported.out).items).toHaveLength(7)
    expect((await run(['verify', id])).out).toMatch(new RegExp(`^ok ${id}: 1 rows, head [0-9a-f]{64}\n$`))
  })

  test('[HT13] wrong use ends with 2 and says why, a failed command with 1', async () => {
    await writeFile(join(folder, 'empty.txt'), ' ')
    const outcomes = await Promise.all([
      run(['serve'], { PORT: 'x' }),
      run(['person', 'add', 'no-address', '--name', 'A', '--agency', 'B', '--role', 'chair']),
      run(['verify', 'nowhere']),
      run(['import', join(folder, 'empty.txt')]),
    ])
    expect(outcomes.map((one) => one.code)).toEqual([2, 2, 1, 1])
    expect(outcomes[0]?.err).toContain('PORT: must be a port number')
    expect(outcomes[2]?.err).toContain('there is no meeting nowhere')
    expect(outcomes.map((one) => one.out)).toEqual(['', '', '', ''])
  })

  test('[HT14] serve says when it is ready, lists the demo accounts, and ends within 10 s of SIGTERM', async () => {
    const port = await freePort()
    const { child, output, code } = start(['serve'], { PORT: `${port}`, DATA_DIR: join(folder, 'demo') })
    await expect.poll(() => output.out, { timeout: 40_000 }).toContain('sveriges-kommuner-och-regioner.example')
    const lines = output.out.trim().split('\n')
    expect(lines[0]).toBe(`ready http://localhost:${port}`)
    expect(lines.slice(1)).toHaveLength(18)
    for (const line of lines.slice(1))
      expect(line).toMatch(/^sign-in [\w-]+@[\w-]+\.example http:\/\/localhost:\d+\/sign-in\/[\w-]{43}$/)
    expect((await fetch(`http://127.0.0.1:${port}/healthz`)).status).toBe(200)
    child.kill('SIGTERM')
    expect(await code).toBe(0) // 1 where it had to be ended after 9 s
    expect(output.err).toBe('')
  })
})

async function freePort(): Promise<number> {
  const probe = createServer()
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve))
  const address = probe.address()
  await new Promise((resolve) => probe.close(resolve))
  if (address === null || typeof address === 'string') throw new Error('no port')
  return address.port
}
