import '@fontsource/be-vietnam-pro/400.css'
import '@fontsource/be-vietnam-pro/500.css'
import '@fontsource/be-vietnam-pro/600.css'
import '@fontsource/be-vietnam-pro/700.css'
import './app/styles.css'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { createBrowserRouter, RouterProvider } from 'react-router'
import { App } from './app/app.tsx'
import { startTexts } from './i18n/setup.ts'
import { connectToServer } from './lib/realtime-link.ts'

const root = document.getElementById('root')
if (!root) throw new Error('index.html has no #root')

// This kind of router can hold somebody back from a page with unsaved changes.
const router = createBrowserRouter(
  [{ path: '*', element: <App texts={startTexts()} connect={connectToServer} /> }],
  { basename: '/console' },
)

createRoot(root).render(
  <StrictMode>
    <RouterProvider router={router} />
  </StrictMode>,
)
