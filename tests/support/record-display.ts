import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'

/** The display that the test command opens. */
export const displaySize = { width: 1440, height: 900 } as const
const FRAMES_PER_SECOND = 12

export interface Recording {
  /** Ends the film. @returns seconds recorded by the clock. */
  stop(): Promise<number>
}

/** One take of the whole display from now on, by Debian's ffmpeg: what a person before the screen would have seen. */
export async function recordDisplay(file: string): Promise<Recording> {
  const display = process.env['DISPLAY']
  if (display === undefined) throw new Error('there is no display to record')
  const { width, height } = displaySize
  const grab = ['-f', 'x11grab', '-draw_mouse', '0', '-framerate', String(FRAMES_PER_SECOND)]
  const encode = [
    '-c:v',
    'libx264',
    '-preset',
    'ultrafast',
    '-crf',
    '26',
    '-pix_fmt',
    'yuv420p',
    '-movflags',
    '+faststart',
  ]
  const child = spawn(
    'ffmpeg',
    [
      '-y',
      '-loglevel',
      'error',
      '-progress',
      'pipe:1',
      ...grab,
      '-video_size',
      `${width}x${height}`,
      '-i',
      display,
      ...encode,
      file,
    ],
    { stdio: ['pipe', 'pipe', 'inherit'] },
  )
  const ended = once(child, 'close')
  // Its first report comes with the first frames.
  await Promise.race([once(child.stdout, 'data'), ended])
  child.stdout.resume()
  if (child.exitCode !== null) throw new Error(`ffmpeg ended with ${child.exitCode} before it recorded anything`)
  const begun = performance.now()
  return {
    async stop() {
      const seconds = (performance.now() - begun) / 1000
      child.stdin.end('q')
      const [code] = await ended
      if (code !== 0) throw new Error(`ffmpeg ended with ${code}`)
      return seconds
    },
  }
}

export interface Film {
  readonly seconds: number
  readonly width: number
  readonly height: number
  /** One small grey picture for each second. */
  readonly pictures: readonly Buffer[]
}

const PICTURE = { width: 160, height: 100 } as const

/** What is really in a film, decoded again. @throws where it cannot be. */
export function lookAtFilm(file: string): Film {
  const probed: unknown = JSON.parse(
    execFileSync(
      'ffprobe',
      ['-v', 'error', '-show_entries', 'format=duration:stream=width,height', '-of', 'json', file],
      { encoding: 'utf8' },
    ),
  )
  const { format, streams } = probed as { format: { duration: string }; streams: { width: number; height: number }[] }
  const raw = execFileSync(
    'ffmpeg',
    [
      '-v',
      'error',
      '-i',
      file,
      '-vf',
      `fps=1,scale=${PICTURE.width}:${PICTURE.height},format=gray`,
      '-f',
      'rawvideo',
      '-',
    ],
    { maxBuffer: 1 << 28 },
  )
  const bytes = PICTURE.width * PICTURE.height
  const pictures = Array.from({ length: Math.floor(raw.length / bytes) }, (_, at) =>
    raw.subarray(at * bytes, (at + 1) * bytes),
  )
  return { seconds: Number(format.duration), width: streams[0]?.width ?? 0, height: streams[0]?.height ?? 0, pictures }
}

/** Whether a picture shows anything: a display without a window is all of one grey. */
export function isBlank(picture: Buffer): boolean {
  let [darkest, lightest] = [255, 0]
  for (const grey of picture) {
    darkest = Math.min(darkest, grey)
    lightest = Math.max(lightest, grey)
  }
  return lightest - darkest < 32
}
