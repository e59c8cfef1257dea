/** Largest file that is read, in bytes; the server's limit too. */
const MAX_BYTES = 5_000_000

/** Why a file cannot be the text of minutes. */
export type FileProblem = 'pdf' | 'word' | 'binary' | 'empty' | 'tooLarge' | 'unreadable'

export type FileText =
  | { readonly ok: true; readonly text: string }
  | { readonly ok: false; readonly problem: FileProblem }

/**
 * Reads a chosen file as text: UTF-8 or UTF-16 by its mark, UTF-8 where that holds, else Windows-1252,
 * which older Swedish text files are in.
 */
export async function readMinutesFile(file: Blob): Promise<FileText> {
  if (file.size > MAX_BYTES) return { ok: false, problem: 'tooLarge' }
  let bytes: Uint8Array
  try {
    bytes = new Uint8Array(await file.arrayBuffer())
  } catch {
    return { ok: false, problem: 'unreadable' }
  }
  const problem = signatureProblem(bytes)
  if (problem) return { ok: false, problem }
  const text = decode(bytes)
  if (text.trim() === '') return { ok: false, problem: 'empty' }
  return text.includes('\0') ? { ok: false, problem: 'binary' } : { ok: true, text }
}

function signatureProblem(bytes: Uint8Array): FileProblem | undefined {
  const starts = (...signature: number[]) => signature.every((byte, index) => bytes[index] === byte)
  if (starts(0x25, 0x50, 0x44, 0x46)) return 'pdf'
  if (starts(0x50, 0x4b, 0x03, 0x04) || starts(0xd0, 0xcf, 0x11, 0xe0) || starts(0x7b, 0x5c, 0x72, 0x74, 0x66))
    return 'word'
  return undefined
}

function decode(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes)
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder('utf-16be').decode(bytes)
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return new TextDecoder('windows-1252').decode(bytes)
  }
}
