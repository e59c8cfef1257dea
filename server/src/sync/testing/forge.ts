import * as encoding from 'lib0/encoding'

/** Writes Yjs updates byte by byte, also ones that Yjs itself would never make. */
export type Id = readonly [client: number, clock: number]
export type Content = { readonly ref: number; readonly write: (encoder: encoding.Encoder) => void }
export type ForgedStruct = {
  readonly content: Content
  readonly origin?: Id
  readonly rightOrigin?: Id
  /** a root's name or the id of the item that holds the parent type; only without origins */
  readonly parent?: string | Id
  readonly key?: string
}
export type ForgedRun = {
  readonly client: number
  readonly clock: number
  readonly structs: readonly ForgedStruct[]
  /** pretends to hold this many structs */
  readonly count?: number
}
export type ForgedDeletes = {
  readonly client: number
  readonly ranges: readonly (readonly [clock: number, len: number])[]
}

export function forge(runs: readonly ForgedRun[], deletes: readonly ForgedDeletes[] = []): Uint8Array {
  return encoding.encode((encoder) => {
    encoding.writeVarUint(encoder, runs.length)
    for (const { client, clock, structs, count } of runs) {
      encoding.writeVarUint(encoder, count ?? structs.length)
      encoding.writeVarUint(encoder, client)
      encoding.writeVarUint(encoder, clock)
      for (const struct of structs) writeStruct(encoder, struct)
    }
    encoding.writeVarUint(encoder, deletes.length)
    for (const { client, ranges } of deletes) {
      encoding.writeVarUint(encoder, client)
      encoding.writeVarUint(encoder, ranges.length)
      for (const [clock, len] of ranges) {
        encoding.writeVarUint(encoder, clock)
        encoding.writeVarUint(encoder, len)
      }
    }
  })
}

function writeStruct(encoder: encoding.Encoder, { content, origin, rightOrigin, parent, key }: ForgedStruct): void {
  if (content.ref === GC_REF || content.ref === SKIP_REF) {
    encoding.writeUint8(encoder, content.ref)
    content.write(encoder)
    return
  }
  const bits =
    (origin === undefined ? 0 : 0x80) | (rightOrigin === undefined ? 0 : 0x40) | (key === undefined ? 0 : 0x20)
  encoding.writeUint8(encoder, content.ref | bits)
  if (origin !== undefined) writeId(encoder, origin)
  if (rightOrigin !== undefined) writeId(encoder, rightOrigin)
  if (origin === undefined && rightOrigin === undefined) {
    encoding.writeVarUint(encoder, typeof parent === 'string' ? 1 : 0)
    if (typeof parent === 'string') encoding.writeVarString(encoder, parent)
    else writeId(encoder, parent ?? [0, 0])
    if (key !== undefined) encoding.writeVarString(encoder, key)
  }
  content.write(encoder)
}

function writeId(encoder: encoding.Encoder, [client, clock]: Id): void {
  encoding.writeVarUint(encoder, client)
  encoding.writeVarUint(encoder, clock)
}

const GC_REF = 0
const SKIP_REF = 10

export const collected = (len: number): Content => ({ ref: GC_REF, write: (e) => encoding.writeVarUint(e, len) })
export const skip = (len: number): Content => ({ ref: SKIP_REF, write: (e) => encoding.writeVarUint(e, len) })
export const deleted = (len: number): Content => ({ ref: 1, write: (e) => encoding.writeVarUint(e, len) })
export const json = (...values: readonly unknown[]): Content => ({
  ref: 2,
  write: (e) => {
    encoding.writeVarUint(e, values.length)
    for (const value of values) encoding.writeVarString(e, JSON.stringify(value))
  },
})
export const binary = (bytes: Uint8Array): Content => ({ ref: 3, write: (e) => encoding.writeVarUint8Array(e, bytes) })
export const string = (text: string): Content => ({ ref: 4, write: (e) => encoding.writeVarString(e, text) })
export const embed = (value: unknown): Content => ({
  ref: 5,
  write: (e) => encoding.writeVarString(e, JSON.stringify(value)),
})
export const format = (key: string, value: unknown): Content => ({
  ref: 6,
  write: (e) => {
    encoding.writeVarString(e, key)
    encoding.writeVarString(e, JSON.stringify(value))
  },
})
/** 0 array, 1 map, 2 text, 3 XML element, 4 XML fragment, 5 XML hook, 6 XML text */
export const type = (typeRef: number): Content => ({
  ref: 7,
  write: (e) => {
    encoding.writeVarUint(e, typeRef)
    if (typeRef === 3 || typeRef === 5) encoding.writeVarString(e, 'script')
  },
})
export const any = (...values: readonly encoding.AnyEncodable[]): Content => ({
  ref: 8,
  write: (e) => {
    encoding.writeVarUint(e, values.length)
    for (const value of values) encoding.writeAny(e, value)
  },
})
export const subdocument = (): Content => ({
  ref: 9,
  write: (e) => {
    encoding.writeVarString(e, 'guid')
    encoding.writeAny(e, { autoLoad: true })
  },
})
/** Arrays in arrays, `depth` deep, written without recursion. */
export const nested = (depth: number): Content => ({
  ref: 8,
  write: (e) => {
    encoding.writeVarUint(e, 1)
    for (let i = 0; i < depth; i++) {
      encoding.writeUint8(e, 117)
      encoding.writeVarUint(e, 1)
    }
    encoding.writeUint8(e, 126)
  },
})
