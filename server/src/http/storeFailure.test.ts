import type { AddressInfo } from 'node:net'
import { DatabaseSync } from 'node:sqlite'
import { bodyOf, itemOf, readItems } from '@justera/minutes'
import { pino } from 'pino'
import { expect, test } from 'vitest'
import type { Text } from 'yjs'
import { createSyncService } from '../sync/createSyncService.ts'
import { TestClient } from '../sync/testing/testClient.ts'
import { createTestApp, ORIGIN, PARTICIPANT, SECRETARY } from './testing/testApp.ts'

test('[ST30] while the database refuses writes nothing is acked and everybody reads on; then what waited is stored', async () => {
  const test_ = await createTestApp({
    busyMs: 20,
    sync: ({ access, log }) =>
      createSyncService({ access, log, publicOrigin: ORIGIN, now: Date.now, logger: pino({ level: 'silent' }) }),
  })
  const { app, services } = test_
  await app.listen({ port: 0, host: '127.0.0.1' })
  app.server.on('upgrade', (request, socket, head) => services.sync.handleUpgrade(request, socket, head))
  const { port } = app.server.address() as AddressInfo
  const [secretary, participant] = [await test_.signIn(SECRETARY), await test_.signIn(PARTICIPANT)]
  const id = (await services.store.meetings.all())[0]?.id ?? ''
  const client = new TestClient({ url: `ws://127.0.0.1:${port}/sync/${id}`, origin: ORIGIN, cookie: participant })
  const served = async () => (await test_.send('GET', `/api/meetings/${id}/minutes.json`, secretary)).body
  const body = (): Text => {
    const [first] = readItems(client.doc)
    const item = first === undefined ? undefined : itemOf(client.doc, first.id)
    if (item === undefined) throw new Error('no item')
    return bodyOf(item)
  }

  await client.ready()
  await client.until('step 1', () => client.step1s > 0)
  body().insert(body().length, ' Före.')
  await client.saved()

  const other = new DatabaseSync(test_.file)
  other.exec('begin immediate')
  const acked = client.acked
  body().insert(body().length, ' Under.')
  await client.until('alarm', () => client.events.some((event) => event.type === 'storage' && event.failing))
  expect(client.acked).toBe(acked)
  expect(await served()).toContain(' Före.')
  expect(await served()).not.toContain(' Under.')
  const refused = await test_.send('POST', '/api/agencies', secretary, { name: 'Ny', shortName: 'Ny' })
  expect([refused.statusCode, refused.json().code]).toEqual([503, 'storage'])
  expect((await test_.send('GET', '/healthz')).statusCode).toBe(200)

  other.exec('rollback')
  other.close()
  await client.until(
    'end of alarm',
    () => client.events.some((event) => event.type === 'storage' && !event.failing),
    30_000,
  )
  await client.saved()
  expect((await served()).split(' Under.')).toHaveLength(2)
  await client.close()
  await test_.close()
})
