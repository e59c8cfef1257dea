import { type BlockAttributes, type BlockKind, blockAttributes, isOutcome } from '@justera/minutes'
import type { Node } from '@tiptap/pm/model'
import type { EditorView, NodeView, ViewMutationRecord } from '@tiptap/pm/view'
import type { BlockFact } from './blockDrawing.ts'
import type { SchemaOptions } from './schema.ts'

const KIND_CLASSES: Readonly<Record<BlockKind, string>> = {
  paragraph: '',
  heading: 'h',
  point: 'pt',
  bullet: 'bu',
  numbered: 'nu',
  decision: 'out decision',
  action: 'out action',
  tabled: 'out tabled',
  dissent: 'out dissent',
}

const mounted = new WeakMap<EditorView, Set<BlockView>>()

/** Draws label and facts of every block anew; when an editor became read-only or editable. */
export function redrawBlocks(view: EditorView): void {
  for (const block of mounted.get(view) ?? []) block.redraw()
}

/**
 * A block's element, patched in place when its attributes change: a replaced element would end compositions
 * and drop what hangs on it. Label and facts stand outside the editable line.
 *
 *     <div class="b out action"> <div class="k">Åtgärd</div> <p>…editable…</p> <div class="facts">…</div> </div>
 */
export class BlockView implements NodeView {
  readonly dom: HTMLElement
  readonly contentDOM: HTMLElement
  private node: Node
  private readonly view: EditorView
  private readonly getPos: () => number | undefined
  private readonly options: SchemaOptions
  private readonly label: HTMLElement
  private readonly facts: HTMLElement
  private classes: readonly string[] = []

  constructor(node: Node, view: EditorView, getPos: () => number | undefined, options: SchemaOptions) {
    this.node = node
    this.view = view
    this.getPos = getPos
    this.options = options
    this.dom = document.createElement('div')
    this.dom.classList.add('b')
    this.contentDOM = document.createElement('p')
    this.label = outside('k')
    this.facts = outside('facts')
    this.dom.append(this.contentDOM)
    this.draw()
    const blocks = mounted.get(view)
    if (blocks === undefined) mounted.set(view, new Set([this]))
    else blocks.add(this)
  }

  destroy(): void {
    mounted.get(this.view)?.delete(this)
  }

  redraw(): void {
    this.draw()
  }

  update(node: Node): boolean {
    if (node.type !== this.node.type) return false
    const changed = !node.sameMarkup(this.node) || (node.content.size === 0) !== (this.node.content.size === 0)
    this.node = node
    if (changed) this.draw()
    return true
  }

  ignoreMutation(mutation: ViewMutationRecord): boolean {
    if (mutation.type === 'selection') return false
    return !this.contentDOM.contains(mutation.target) || mutation.target === this.dom
  }

  stopEvent(event: Event): boolean {
    return event.target instanceof globalThis.Node && this.facts.contains(event.target)
  }

  private draw(): void {
    const attributes = blockAttributes((key) => this.node.attrs[key])
    const { kind, indent } = attributes
    const classes = KIND_CLASSES[kind].split(' ').filter((name) => name !== '')
    if (this.node.content.size === 0) classes.push('empty')
    this.dom.classList.remove(...this.classes.filter((name) => !classes.includes(name)))
    this.dom.classList.add(...classes)
    this.classes = classes
    this.dom.dataset.kind = kind
    if (indent === 0) {
      delete this.dom.dataset.indent
      this.dom.style.removeProperty('--indent')
    } else {
      this.dom.dataset.indent = String(indent)
      this.dom.style.setProperty('--indent', String(indent))
    }
    setAttribute(this.contentDOM, 'role', kind === 'heading' ? 'heading' : null)
    setAttribute(this.contentDOM, 'aria-level', kind === 'heading' ? '3' : null)
    this.drawOutside(attributes)
  }

  private drawOutside(attributes: BlockAttributes): void {
    const drawing = this.options.drawBlock?.(attributes) ?? { label: null, facts: [] }
    if (drawing.label === null) this.label.remove()
    else {
      this.label.replaceChildren(...(drawing.icon ? [drawing.icon, ' '] : []), drawing.label)
      if (this.label.parentNode === null) this.dom.insertBefore(this.label, this.contentDOM)
    }
    const facts = drawing.facts.filter((fact) => !fact.missing || this.view.editable)
    if (facts.length === 0) this.facts.remove()
    else {
      this.facts.replaceChildren(...facts.map((fact) => this.drawFact(fact)))
      if (this.facts.parentNode === null) this.dom.append(this.facts)
    }
    const group = isOutcome(attributes.kind) && drawing.label !== null
    setAttribute(this.dom, 'role', group ? 'group' : null)
    setAttribute(this.dom, 'aria-label', group ? drawing.label : null)
  }

  private drawFact(fact: BlockFact): HTMLElement {
    const span = document.createElement('span')
    if (fact.agency !== undefined) {
      const plate = document.createElement('abbr')
      plate.className = 'ag'
      plate.dataset.seat = String(fact.agency.seat)
      plate.textContent = fact.agency.shortName
      span.append(plate, ' ')
    }
    if (fact.icon) span.append(fact.icon, ' ')
    if (!this.view.editable || this.options.onEditFact === undefined) {
      span.append(fact.text)
      return span
    }
    const button = document.createElement('button')
    button.type = 'button'
    button.className = fact.missing ? 'btn link' : 'fact'
    button.dataset.fact = fact.kind
    button.textContent = fact.text
    button.addEventListener('mousedown', (event) => event.preventDefault())
    button.addEventListener('click', () => {
      const position = this.getPos()
      if (position !== undefined && this.view.editable) this.options.onEditFact?.(fact.kind, position, button)
    })
    span.append(button)
    return span
  }
}

function outside(className: string): HTMLElement {
  const element = document.createElement('div')
  element.className = className
  element.contentEditable = 'false'
  return element
}

function setAttribute(element: HTMLElement, name: string, value: string | null): void {
  if (value === null) element.removeAttribute(name)
  else if (element.getAttribute(name) !== value) element.setAttribute(name, value)
}
