import { Component, type ReactNode } from 'react'
import { CrashPage } from './crash-page.tsx'

interface State {
  readonly crashed: boolean
}

/**
 * A bug stops the window instead of showing a page that may be wrong: also one in a handler or in the bridge,
 * which React does not catch. Nothing is lost, the main process keeps the log.
 */
export class ErrorBoundary extends Component<{ children: ReactNode }, State> {
  override state: State = { crashed: false }

  static getDerivedStateFromError(): State {
    return { crashed: true }
  }

  readonly #onRejection = () => this.setState({ crashed: true })
  /** Events without an error object are the browser's own notes, such as a late ResizeObserver. */
  readonly #onError = ({ error }: ErrorEvent) => {
    if (error !== null && error !== undefined) this.setState({ crashed: true })
  }

  override componentDidMount(): void {
    window.addEventListener('unhandledrejection', this.#onRejection)
    window.addEventListener('error', this.#onError)
  }

  override componentWillUnmount(): void {
    window.removeEventListener('unhandledrejection', this.#onRejection)
    window.removeEventListener('error', this.#onError)
  }

  override render(): ReactNode {
    return this.state.crashed ? <CrashPage onReopen={() => this.setState({ crashed: false })} /> : this.props.children
  }
}
