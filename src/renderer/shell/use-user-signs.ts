import { useEffect } from 'react'
import type { ArmClient } from '../arm-client.ts'

/** Signs of the user are told at most so often. */
const EVERY_MS = 20_000

/** While somebody works, keys and the mouse tell the main process that he is still there. */
export function useUserSigns(client: ArmClient, working: boolean): void {
  useEffect(() => {
    if (!working) return
    let told = performance.now()
    const tell = () => {
      if (performance.now() - told < EVERY_MS) return
      told = performance.now()
      client.invoke('session.touch', undefined)
    }
    const signs = ['keydown', 'pointerdown', 'wheel'] as const
    for (const sign of signs) window.addEventListener(sign, tell, { capture: true, passive: true })
    return () => {
      for (const sign of signs) window.removeEventListener(sign, tell, { capture: true })
    }
  }, [client, working])
}
