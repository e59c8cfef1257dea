import { expect, test } from 'vitest'
import { floatPlace } from './floatPlace.ts'
import { dropIndex } from './useItemDrag.ts'

const window = { width: 1000, height: 800 }
const size = { width: 300, height: 40 }

test('[MP26] a float stays inside the window and out of the bar', () => {
  expect(floatPlace({ top: 300, bottom: 320, left: 400, right: 500 }, size, window, 'above', 64)).toEqual({
    top: 252,
    left: 300,
  })
  expect(floatPlace({ top: 90, bottom: 110, left: 0, right: 20 }, size, window, 'above', 64)).toEqual({
    top: 118,
    left: 8,
  })
  expect(floatPlace({ top: 780, bottom: 799, left: 990, right: 995 }, size, window, 'below', 64)).toEqual({
    top: 732,
    left: 692,
  })
})

test('[MP27] a dragged item lands before the first row whose middle lies below the pointer', () => {
  const middles = [100, 200, 300]
  expect([50, 150, 250, 350].map((y) => dropIndex(middles, y))).toEqual([0, 1, 2, 3])
})
