import { Button, MantineProvider } from '@mantine/core'
import { Notifications } from '@mantine/notifications'
import { QueryClientProvider } from '@tanstack/react-query'
import type { i18n } from 'i18next'
import { type ReactNode, useState } from 'react'
import { I18nextProvider, useTranslation } from 'react-i18next'
import { ErrorBoundary } from '../components/error-boundary.tsx'
import { EmptyState } from '../components/notice.tsx'
import type { ConsoleSocket } from '../lib/realtime-link.ts'
import { SESSION_KEY } from '../features/session/use-session.ts'
import { createQueryClient } from './query-client.ts'
import { SignedInGate } from './signed-in-gate.tsx'
import { theme, tokenColours } from './theme.ts'

/** The whole console. `connect` makes the live connection of a signed-in person. */
export function App(props: {
  readonly texts: i18n
  readonly connect: () => ConsoleSocket
}): ReactNode {
  const [queryClient] = useState(() =>
    createQueryClient((client) => {
      client.setQueryData(SESSION_KEY, null)
    }),
  )
  return (
    <I18nextProvider i18n={props.texts}>
      <MantineProvider theme={theme} cssVariablesResolver={tokenColours} defaultColorScheme="auto">
        <QueryClientProvider client={queryClient}>
          <ErrorBoundary fallback={<Crashed />}>
            <SignedInGate connect={props.connect} />
          </ErrorBoundary>
          <Notifications position="bottom-left" limit={2} containerWidth={300} />
        </QueryClientProvider>
      </MantineProvider>
    </I18nextProvider>
  )
}

function Crashed(): ReactNode {
  const { t } = useTranslation()
  return (
    <main role="alert">
      <EmptyState title={t('app.crashed')} hint={t('app.crashedHint')}>
        <Button
          onClick={() => {
            window.location.reload()
          }}
        >
          {t('app.reload')}
        </Button>
      </EmptyState>
    </main>
  )
}
