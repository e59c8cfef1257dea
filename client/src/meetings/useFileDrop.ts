import { type DragEvent, useEffect, useState } from 'react'

/**
 * Lets an element take a dropped file. While it is mounted, a file that misses it is not opened by the browser
 * in place of the page.
 * @returns whether a file hangs over the element, and the handlers that it needs
 */
export function useFileDrop(onFile: (file: File) => void) {
  const [over, setOver] = useState(false)
  useEffect(() => {
    const keep = (event: globalThis.DragEvent) => {
      if (event.dataTransfer?.types.includes('Files')) event.preventDefault()
    }
    addEventListener('dragover', keep)
    addEventListener('drop', keep)
    return () => {
      removeEventListener('dragover', keep)
      removeEventListener('drop', keep)
    }
  }, [])
  return {
    over,
    handlers: {
      onDragEnter: () => setOver(true),
      onDragOver: (event: DragEvent) => event.preventDefault(),
      onDragLeave: (event: DragEvent) => {
        if (!(event.relatedTarget instanceof Node && event.currentTarget.contains(event.relatedTarget))) setOver(false)
      },
      onDrop: (event: DragEvent) => {
        event.preventDefault()
        setOver(false)
        const file = event.dataTransfer.files[0]
        if (file) onFile(file)
      },
    },
  }
}
