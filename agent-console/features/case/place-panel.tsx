import { type ReactNode, Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import type { CaseView } from '#contracts/cases'
import { useCatalogue } from '../../lib/catalogue.ts'
import { lazily } from '../../lib/lazily.ts'

const PlaceMap = lazily(() => import('./place-map.tsx').then((loaded) => loaded.PlaceMap))

/** Where it happened: a small map where tiles are set up, the address, and the names of before. */
export function PlacePanel(props: { readonly place: CaseView['place'] }): ReactNode {
  const { t } = useTranslation()
  const tileUrl = useCatalogue().data?.tileUrl ?? null
  const { place } = props
  return (
    <section aria-label={t('case.place')}>
      <h2 className="section-title">{t('case.place')}</h2>
      {place ? (
        <>
          <div className="case-map">
            {place.lat !== null && place.lng !== null && tileUrl !== null ? (
              <Suspense fallback={<Pin place={place} />}>
                <PlaceMap lat={place.lat} lng={place.lng} tileUrl={tileUrl} />
              </Suspense>
            ) : (
              <Pin place={place} />
            )}
          </div>
          {place.address && <p>{place.address}</p>}
          {place.unitName && <p className={place.address ? 'soft' : ''}>{place.unitName}</p>}
          {place.formerly && <p className="soft">{t('case.formerly', { name: place.formerly })}</p>}
        </>
      ) : (
        <p className="soft">{t('case.noPlace')}</p>
      )}
    </section>
  )
}

function Pin(props: { readonly place: NonNullable<CaseView['place']> }): ReactNode {
  const { t } = useTranslation()
  const { lat, lng } = props.place
  if (lat === null || lng === null) return <p className="case-map-none">{t('case.noPin')}</p>
  return (
    <p className="case-map-plain">
      <svg width="26" height="26" viewBox="0 0 24 24" aria-hidden="true">
        <path d="M12 21s-7-6.200-7-11.500a7 7 0 0 1 14 0C19 14.800 12 21 12 21z" />
        <circle cx="12" cy="9.500" r="2.500" />
      </svg>
      <span className="numbers">
        {t('case.pinAt', { latitude: lat.toFixed(5), longitude: lng.toFixed(5) })}
      </span>
    </p>
  )
}
