const HEADING = /^ {0,3}(#{1,6})\s+(.*?)[\s#]*$/u

/**
 * Reads away the marks of Markdown where a file is written in it: headings become plain lines (inside the
 * agenda: heading tags), `**bold**` becomes a tag. Lines of other files come back as they were.
 */
export function plainLines(lines: readonly string[]): readonly string[] {
  if (!lines.some((line) => HEADING.test(line) || /^\s*\|[\s:|-]*-{3}[\s:|-]*\|\s*$/.test(line))) return lines
  let inAgenda = false
  return lines.map((line) => {
    const bold = line.replace(/\*\*([^*]{1,400})\*\*/gu, '<b>$1</b>')
    const heading = HEADING.exec(bold)
    if (heading === null) return bold
    const text = (heading[2] ?? '').replace(/<\/?b>/g, '')
    const numbered = /^(?:§\s*)?\d/u.test(text)
    inAgenda ||= numbered
    return inAgenda && !numbered ? `<h3>${text}</h3>` : text
  })
}
