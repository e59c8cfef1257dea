/** What goes into the mail: the person's words first, then what helps to find the fault, each on its line. */
export function reportText(
  words: string,
  facts: readonly { readonly label: string; readonly value: string }[],
): string {
  return [words.trim(), '', ...facts.map(({ label, value }) => `${label}: ${value}`)].join('\n')
}

/** An address-less mail link: whoever runs this installation is known to the person, not to the program. */
export function mailLink(subject: string, body: string): string {
  return `mailto:?subject=${encodeURIComponent(subject)}&body=${encodeURIComponent(body.replaceAll('\n', '\r\n'))}`
}
