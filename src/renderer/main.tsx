import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { App } from './app.tsx'
import { ErrorBoundary } from './components/error-boundary.tsx'
import { I18nRoot } from './i18n/i18n-root.tsx'
import './styles/index.css'

const root = document.getElementById('root')
if (root === null) throw new Error('index.html has no #root')

createRoot(root).render(
  <StrictMode>
    <I18nRoot>
      <ErrorBoundary>
        <App bridge={window.arm} />
      </ErrorBoundary>
    </I18nRoot>
  </StrictMode>,
)
