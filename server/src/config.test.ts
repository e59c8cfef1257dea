import { describe, expect, test } from 'vitest'
import { readConfig } from './config.ts'

describe('settings', () => {
  test('[HT12] every setting has a default; an empty variable counts as not set', () => {
    expect(readConfig({ PORT: '', SMTP_URL: '' })).toEqual({
      ok: true,
      config: {
        port: 3000,
        host: '127.0.0.1',
        dataDir: './data',
        publicOrigin: 'http://localhost:3000',
        smtpUrl: null,
        logLevel: 'info',
        demo: true,
      },
    })
  })

  test('[HT12] the public address follows the port unless it is given, and is kept as an origin', () => {
    const origin = (env: Record<string, string>) => {
      const read = readConfig(env)
      return read.ok ? read.config.publicOrigin : read.problems
    }
    expect(origin({ PORT: '4200' })).toBe('http://localhost:4200')
    expect(origin({ PUBLIC_URL: 'https://Justera.example/' })).toBe('https://justera.example')
    expect(origin({ PUBLIC_URL: 'https://justera.example:443' })).toBe('https://justera.example')
  })

  test.each([
    [{ PORT: 'http' }, 'PORT'],
    [{ PORT: '0' }, 'PORT'],
    [{ PORT: '70000' }, 'PORT'],
    [{ PUBLIC_URL: 'justera.example' }, 'PUBLIC_URL'],
    [{ PUBLIC_URL: 'https://justera.example/path' }, 'PUBLIC_URL'],
    [{ PUBLIC_URL: 'ftp://justera.example' }, 'PUBLIC_URL'],
    [{ SMTP_URL: 'http://mail.example' }, 'SMTP_URL'],
    [{ LOG_LEVEL: 'loud' }, 'LOG_LEVEL'],
    [{ DEMO: 'yes' }, 'DEMO'],
  ])('[HT12] a wrong value is named: %j', (env, name) => {
    const read = readConfig(env)
    expect(read.ok ? [] : read.problems).toEqual([expect.stringContaining(`${name}: `)])
  })
})
