import {
  type Attendee,
  agendaOf,
  attendanceOf,
  type Block,
  bodyOf,
  compareOrder,
  type HeaderField,
  headerOf,
  type ItemId,
  itemOf,
  type Presenter,
  presentersOf,
  readAttendance,
  readBlocks,
  readPresenters,
  titleOf,
} from '@justera/minutes'
import { useMemo, useSyncExternalStore } from 'react'
import type * as Y from 'yjs'

type Observable = {
  observeDeep(listener: (events: Y.YEvent<Y.AbstractType<unknown>>[]) => void): void
  unobserveDeep(listener: (events: Y.YEvent<Y.AbstractType<unknown>>[]) => void): void
}

/**
 * A value read from the document that is read again only when an event concerns it, and keeps its reference
 * while it says the same. Never reads an event's delta: that would write (see createMinutesDoc).
 */
function follow<T>(
  source: Observable | undefined,
  read: () => T,
  concerns: (event: Y.YEvent<Y.AbstractType<unknown>>) => boolean,
  same: (a: T, b: T) => boolean,
): { subscribe: (listener: () => void) => () => void; getSnapshot: () => T } {
  let value: T | undefined
  let stale = true
  const getSnapshot = (): T => {
    if (stale || value === undefined) {
      const next = read()
      value = value !== undefined && same(value, next) ? value : next
      stale = false
    }
    return value
  }
  return {
    getSnapshot,
    subscribe(listener) {
      const observe = (events: Y.YEvent<Y.AbstractType<unknown>>[]): void => {
        if (!events.some(concerns)) return
        stale = true
        const before = value
        if (getSnapshot() !== before) listener()
      }
      stale = true
      source?.observeDeep(observe)
      return () => {
        source?.unobserveDeep(observe)
      }
    },
  }
}

function useFollowed<T>(make: () => ReturnType<typeof follow<T>>, dependencies: readonly unknown[]): T {
  // biome-ignore lint/correctness/useExhaustiveDependencies: the caller names what `make` closes over
  const store = useMemo(make, dependencies)
  return useSyncExternalStore(store.subscribe, store.getSnapshot)
}

const identical = <T>(a: T, b: T): boolean => Object.is(a, b)

export function useHeaderField(doc: Y.Doc, field: HeaderField): string {
  return useFollowed(() => {
    const header = headerOf(doc)
    return follow(
      header,
      () => textOr(header.get(field)),
      () => true,
      identical,
    )
  }, [doc, field])
}

/** Ids of the items that are not removed, in agenda order. */
export function useItemIds(doc: Y.Doc): readonly ItemId[] {
  return useFollowed(() => follow(agendaOf(doc), () => liveItemIds(doc), isAboutItemsThemselves(doc), sameList), [doc])
}

/** Removed items with their titles, latest order first; their text is still in the document. */
export function useRemovedItems(doc: Y.Doc): readonly { readonly id: ItemId; readonly title: string }[] {
  return useFollowed(
    () =>
      follow(
        agendaOf(doc),
        () =>
          entriesOf(doc)
            .filter(({ map }) => map.get('removed') === true)
            .map(({ id, map }) => ({ id, title: titleOf(map).toString() })),
        isAboutItemsThemselves(doc),
        (a, b) => a.length === b.length && a.every((one, n) => one.id === b[n]?.id && one.title === b[n]?.title),
      ),
    [doc],
  )
}

export function useItemTitle(doc: Y.Doc, id: ItemId): string {
  return useFollowed(() => {
    const item = itemOf(doc, id)
    const title = item === undefined ? undefined : titleOf(item)
    return follow(
      title,
      () => title?.toString() ?? '',
      () => true,
      identical,
    )
  }, [doc, id])
}

export function usePresenters(doc: Y.Doc, id: ItemId): readonly Presenter[] {
  return useFollowed(() => {
    const item = itemOf(doc, id)
    return follow<readonly Presenter[]>(
      item === undefined ? undefined : presentersOf(item),
      () => (item === undefined ? [] : readPresenters(item)),
      () => true,
      sameEntries,
    )
  }, [doc, id])
}

export function useAttendance(doc: Y.Doc): readonly Attendee[] {
  return useFollowed(
    () =>
      follow<readonly Attendee[]>(
        attendanceOf(doc),
        () => readAttendance(doc),
        () => true,
        sameEntries,
      ),
    [doc],
  )
}

/** A body as blocks, read anew with every change in it: for items that are drawn without an editor. */
export function useBlocks(doc: Y.Doc, id: ItemId): readonly Block[] {
  return useFollowed(() => {
    const item = itemOf(doc, id)
    const body = item === undefined ? undefined : bodyOf(item)
    return follow<readonly Block[]>(
      body,
      () => (body === undefined ? [] : readBlocks(body)),
      () => true,
      identical,
    )
  }, [doc, id])
}

/** Ids of the items that are not removed, in agenda order. */
export function liveItemIds(doc: Y.Doc): readonly ItemId[] {
  return entriesOf(doc)
    .filter(({ map }) => map.get('removed') !== true)
    .map(({ id }) => id)
}

function entriesOf(doc: Y.Doc): { id: ItemId; order: string; map: Y.Map<unknown> }[] {
  const entries: { id: ItemId; order: string; map: Y.Map<unknown> }[] = []
  for (const id of agendaOf(doc).keys()) {
    const map = itemOf(doc, id as ItemId)
    if (map !== undefined) entries.push({ id: id as ItemId, order: textOr(map.get('order')), map })
  }
  return entries.sort(compareOrder)
}

/** Items added, moved, removed, restored; not what is typed in them. */
function isAboutItemsThemselves(doc: Y.Doc): (event: Y.YEvent<Y.AbstractType<unknown>>) => boolean {
  const agenda = agendaOf(doc)
  return ({ target }) => target === agenda || target.parent === agenda
}

function sameList<T>(a: readonly T[], b: readonly T[]): boolean {
  return a.length === b.length && a.every((value, n) => value === b[n])
}

function sameEntries<T extends object>(a: readonly T[], b: readonly T[]): boolean {
  return a.length === b.length && a.every((entry, n) => sameFields(entry, b[n]))
}

function sameFields<T extends object>(a: T, b: T | undefined): boolean {
  if (b === undefined) return false
  const keys = Object.keys(a) as (keyof T)[]
  return keys.length === Object.keys(b).length && keys.every((key) => a[key] === b[key])
}

function textOr(value: unknown): string {
  return typeof value === 'string' ? value : ''
}
