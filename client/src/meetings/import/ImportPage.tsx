import '../catalog.ts'
import '../review.css'
import { ImportPreview } from '@justera/protocol'
import { Link } from '@tanstack/react-router'
import { useCallback, useEffect, useReducer, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { failureText } from '../../app/failureText.ts'
import { PageFrame } from '../../app/PageFrame.tsx'
import { usePageTitle } from '../../app/pageTitle.ts'
import { useMe } from '../../app/queries.ts'
import { type RequestError, request } from '../../app/request.ts'
import { Failure } from '../../app/StatePage.tsx'
import { Blank, Bones } from '../../ui/Blank.tsx'
import { Icon } from '../../ui/Icon.tsx'
import { FileButton } from '../FileButton.tsx'
import { takeOfferedFile } from '../offeredFile.ts'
import { useFileDrop } from '../useFileDrop.ts'
import { ImportReview } from './ImportReview.tsx'
import { type FileProblem, readMinutesFile } from './minutesFile.ts'

type State =
  | { readonly name: 'choosing' }
  | { readonly name: 'reading'; readonly file: string }
  | { readonly name: 'failed'; readonly why: FileProblem | 'notMinutes' | RequestError }
  | { readonly name: 'reviewing'; readonly source: string; readonly preview: ImportPreview }

/** From a text file to a meeting: choose, let the server read, review, confirm. Nothing is created before that. */
export function ImportPage() {
  const { t } = useTranslation('meetings')
  const me = useMe()
  const [state, setState] = useReducer((_: State, next: State) => next, { name: 'choosing' })
  // The file that was asked for last; an answer for an earlier one is dropped.
  const latest = useRef<File>(null)
  usePageTitle(state.name === 'reviewing' ? t('import.review.title') : t('importMinutes'))

  const take = useCallback(async (file: File) => {
    latest.current = file
    setState({ name: 'reading', file: file.name })
    const next = await readAndPreview(file)
    if (latest.current === file) setState(next)
  }, [])

  useEffect(() => {
    const offered = takeOfferedFile()
    if (offered) void take(offered)
  }, [take])

  if (me.role !== 'secretary')
    return (
      <PageFrame>
        <Failure error={{ code: 'forbidden', message: '', status: 403 }} />
      </PageFrame>
    )
  if (state.name === 'reviewing')
    return (
      <PageFrame broad>
        <ImportReview source={state.source} preview={state.preview} />
      </PageFrame>
    )
  return (
    <PageFrame>
      <Link className="back" to="/">
        <Icon name="chevronLeft" />
        {t('title')}
      </Link>
      <div className="page-h">
        <h1>{t('importMinutes')}</h1>
      </div>
      {state.name === 'choosing' ? <ChooseFile onFile={(file) => void take(file)} /> : null}
      {state.name === 'reading' ? <Bones label={t('import.reading', { name: state.file })} /> : null}
      {state.name === 'failed' ? (
        <div role="alert">
          <Blank
            title={t('import.failed')}
            text={`${typeof state.why === 'string' ? t(`import.problem.${state.why}`) : failureText(state.why)} ${t('import.nothing')}`}
            action={<FileButton label={t('import.another')} onFile={(file) => void take(file)} />}
          />
        </div>
      ) : null}
    </PageFrame>
  )
}

function ChooseFile({ onFile }: { readonly onFile: (file: File) => void }) {
  const { t } = useTranslation('meetings')
  const drop = useFileDrop(onFile)
  return (
    <>
      <p className="lede">{t('import.lede')}</p>
      <section
        className={drop.over ? 'drop tall over' : 'drop tall'}
        aria-label={t('importMinutes')}
        {...drop.handlers}
      >
        <Icon name="importFile" />
        <div>
          <b className="strong">{t('import.drop')}</b>
          <p className="soft small">{t('import.dropText')}</p>
        </div>
        <FileButton primary label={t('drop.choose')} onFile={onFile} />
      </section>
    </>
  )
}

async function readAndPreview(file: File): Promise<State> {
  const read = await readMinutesFile(file)
  if (!read.ok) return { name: 'failed', why: read.problem }
  const preview = await request(ImportPreview, '/api/imports', { method: 'POST', text: read.text })
  if (preview.ok) return { name: 'reviewing', source: read.text, preview: preview.value }
  return { name: 'failed', why: problemOf(preview.error) }
}

/** The importer's reasons in this page's words. */
function problemOf(error: RequestError): FileProblem | 'notMinutes' | RequestError {
  switch (error.code) {
    case 'import-empty':
      return 'empty'
    case 'import-not-text':
      return 'binary'
    case 'import-no-agenda':
      return 'notMinutes'
    case 'import-too-large':
    case 'too-large':
      return 'tooLarge'
    default:
      return error
  }
}
