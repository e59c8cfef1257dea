/** What the store's worker is started with. */
export type WorkerOptions = {
  readonly file: string
  readonly now: number
  /** ceiling for the file; see openDatabase */
  readonly maxBytes?: number
  readonly busyMs?: number
}

export type Question =
  | { readonly type: 'run'; readonly id: number; readonly name: string; readonly args: readonly unknown[] }
  | { readonly type: 'close' }

export type Answer =
  | { readonly type: 'ready' }
  | { readonly type: 'done'; readonly id: number; readonly value: unknown }
  | { readonly type: 'failed'; readonly id: number; readonly message: string; readonly code: string }
