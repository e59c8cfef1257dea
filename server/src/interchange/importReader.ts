import { fileURLToPath } from 'node:url'
import type { ImportResult } from '@justera/interchange'
import { Piscina } from 'piscina'

/** Reads minutes from text outside the thread that serves sockets. */
export type ImportReader = {
  /** Never rejects for what stands in the source: too much for the limits is an answer like any other. */
  read(source: string): Promise<ImportResult>
  /** Ends the thread; what is being read is given up. */
  close(): Promise<void>
}

export type ImportLimits = { readonly timeMs: number; readonly heapMb: number; readonly waiting: number }

const LIMITS: ImportLimits = { timeMs: 20_000, heapMb: 256, waiting: 20 }

/**
 * One thread, one import at a time, each within a time and a heap; past either the thread is ended and a fresh one
 * takes the next. A hostile file costs its sender an answer and nobody else anything.
 */
export function createImportReader(limits: ImportLimits = LIMITS): ImportReader {
  const pool = new Piscina<string, ImportResult>({
    filename: fileURLToPath(new URL('importWorker.ts', import.meta.url)),
    maxThreads: 1,
    minThreads: 0,
    maxQueue: limits.waiting,
    idleTimeout: 30_000,
    resourceLimits: { maxOldGenerationSizeMb: limits.heapMb },
  })
  pool.on('error', () => {}) // each failed task rejects its own promise as well
  return {
    async read(source) {
      try {
        return await pool.run(source, { signal: AbortSignal.timeout(limits.timeMs) })
      } catch (error) {
        const why = error instanceof Error ? error.name : 'unknown'
        return {
          ok: false,
          reason: 'too-large',
          message: 'Reading this file takes more time or memory than an import may use.',
          details: why,
        }
      }
    },
    close: () => pool.destroy(),
  }
}
