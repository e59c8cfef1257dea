import type { NoteList } from './noteList.ts'

const DECISION =
  /(?<!\p{L})(?:beslutar|beslutade|beslutades|beslöt|beslöts|godkänner|godkände|godkänns|godkändes|fastställer|fastställde|fastställdes|enas om|enades om|ställde sig bakom|decided|approved)(?!\p{L})/iu
const ACTION =
  /(?<!\p{L})(?:skickas ut|skickar ut|skickas till|presenteras på (?:nästa|\p{L}{3,20}mötet)|kommer att (?:delge|skicka|skickas|återkomma|ta fram|bjuda in|kalla|sammanställa|distribuera|redovisa|sändas)|får i uppdrag|uppdras åt|får ansvar|ansvarar för att|återkommer med|tar fram|bokar|kallar till|tar kontakt|will (?:send|prepare|report))(?!\p{L})/iu

/** Wording that sounds like a decision or an action. The prose stays as it is; a person decides. */
export function noteOutcomesInProse(text: string, item: number, notes: NoteList): void {
  for (const sentence of text.split(/(?<=[.!?]) (?=\p{Lu})/u)) {
    if (DECISION.test(sentence)) notes.add('doubt', 'possible-decision', item, sentence)
    else if (ACTION.test(sentence)) notes.add('doubt', 'possible-action', item, sentence)
  }
}

const SUBJECT = '(?:(?:ärendet|punkten|frågan|det|item)\\s+)?'
const TABLED = new RegExp(
  `^${SUBJECT}(?:(?:är|blev|is)\\s+)?(?:bordlägg(?:s|es|des)|bordlades|bordlagt?|bordlagd|bordläggning|tabled|postponed)(?!\\p{L})`,
  'iu',
)

/** True for a paragraph that is nothing but the tabling of its item. */
export function isTabling(text: string): boolean {
  return text.length <= 200 && TABLED.test(text) && !/[.!?] \p{Lu}/u.test(text)
}
