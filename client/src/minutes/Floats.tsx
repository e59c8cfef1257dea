import { useSyncExternalStore } from 'react'
import { FactPopover } from './FactPopover.tsx'
import { useParts } from './minutesContext.tsx'
import { SelectionToolbar } from './SelectionToolbar.tsx'
import { SlashMenu } from './SlashMenu.tsx'

/** What floats over the text. Drawn once for the page, over whichever editor it belongs to. */
export function Floats() {
  const { floats } = useParts()
  const toolbar = useSyncExternalStore(floats.toolbar.subscribe, floats.toolbar.getSnapshot)
  const slash = useSyncExternalStore(floats.slash.subscribe, floats.slash.getSnapshot)
  const fact = useSyncExternalStore(floats.fact.subscribe, floats.fact.getSnapshot)
  return (
    <>
      {toolbar !== null && slash === null ? (
        <SelectionToolbar editor={toolbar.editor} version={toolbar.version} />
      ) : null}
      {slash !== null ? <SlashMenu open={slash} /> : null}
      {fact !== null ? <FactPopover key={`${fact.kind}${fact.position}`} edit={fact} /> : null}
    </>
  )
}
