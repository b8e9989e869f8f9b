import { type ReactNode, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { CaseView } from '#contracts/cases'
import { lazily } from '../../lib/lazily.ts'

const Lightbox = lazily(() => import('./lightbox.tsx').then((loaded) => loaded.Lightbox))

/** What the citizen attached: thumbnails that open large, documents that open in a tab. */
export function Photos(props: { readonly view: CaseView }): ReactNode {
  const { t } = useTranslation()
  const [openAt, setOpenAt] = useState<number | null>(null)
  const { code, attachments } = props.view
  if (attachments.length === 0) return null
  const pathOf = (id: string) => `/api/cases/${code}/attachments/${id}`
  const photos = attachments.filter(({ mediaType }) => mediaType.startsWith('image/'))
  const documents = attachments.filter(({ mediaType }) => !mediaType.startsWith('image/'))
  return (
    <section aria-label={t('case.photos')}>
      <h2 className="section-title">{t('case.photos')}</h2>
      <ul className="case-photos">
        {photos.map(({ id }, index) => (
          <li key={id}>
            <button
              type="button"
              onClick={() => {
                setOpenAt(index)
              }}
            >
              <img
                src={`${pathOf(id)}/thumbnail`}
                alt={t('case.photo', { n: index + 1 })}
                width={96}
                height={72}
                loading="lazy"
              />
            </button>
          </li>
        ))}
        {documents.map(({ id }, index) => (
          <li key={id}>
            <a href={pathOf(id)} target="_blank" rel="noreferrer">
              {t('case.document', { n: index + 1 })}
            </a>
          </li>
        ))}
      </ul>
      {openAt !== null && (
        <Suspense>
          <Lightbox
            paths={photos.map(({ id }) => pathOf(id))}
            startAt={openAt}
            onClose={() => {
              setOpenAt(null)
            }}
          />
        </Suspense>
      )}
    </section>
  )
}
