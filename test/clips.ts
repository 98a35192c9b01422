import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import packages from '../package.json'
import { compiledCore } from '../src/media/ffmpeg/compiled'
import { type CoreReply, type CoreRequest, MOUNT } from '../src/media/ffmpeg/core-protocol'
import { workerUrl } from '../src/media/ffmpeg/worker-url'

/** Texts in the metadata of the clips that no rendition may contain. */
export const PLANTED = [
  'PlantedCamera',
  'PlantedAuthor',
  'PlantedPlace',
  'PlantedTrack',
  '+37.5665',
  'x264 - core',
  'Lavf',
  'Lavc',
]

/** The colours of the left and the right half of `marker.mp4`, in hex. */
export const MARKER = ['a0287d', '2d8c1e'] as const

const TAGS = [
  '-metadata',
  'location=+37.5665+126.9780/',
  '-metadata',
  'comment=PlantedAuthor',
  '-metadata',
  'title=PlantedPlace',
  '-metadata',
  'make=PlantedCamera',
  '-metadata:s:v',
  'handler_name=PlantedTrack',
  '-metadata:s:a',
  'handler_name=PlantedTrack',
  '-movflags',
  'use_metadata_tags',
]
const PICTURE = ['-map', '0:v']
const BOTH = [...PICTURE, '-map', '1:a']
const H264 = ['-c:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p']

const FILLED = (colour: string, when: string) => `drawbox=c=${colour}:t=fill:enable='${when}'`
const SILENT_MIDDLE = ['-af', "volume=0:enable='between(t,0.35,0.75)'"]
const RED_BLUE_LIME = [
  '-vf',
  [FILLED('red', 'lt(t,0.399)'), FILLED('blue', 'between(t,0.399,0.699)'), FILLED('lime', 'gt(t,0.699)')].join(),
  ...[...H264, '-g', '5', '-keyint_min', '5', '-sc_threshold', '0', '-bf', '2'],
  ...[...SILENT_MIDDLE, '-c:a', 'aac'],
]

/** The ffmpeg arguments that make each clip from a test picture of 160 × 120 at 20 frames per second and a tone. */
const CLIPS = {
  'phone.mp4': [...BOTH, ...H264, '-c:a', 'aac', ...TAGS],
  'old.mov': [...BOTH, '-c:v', 'mjpeg', '-pix_fmt', 'yuvj422p', '-c:a', 'pcm_s16le', ...TAGS],
  'film.mkv': [...BOTH, '-c:v', 'libvpx', '-deadline', 'realtime', '-c:a', 'libvorbis', ...TAGS],
  'camera.avi': [...BOTH, '-c:v', 'mpeg4', '-c:a', 'libmp3lame'],
  'disc.mpg': [...BOTH, '-r', '25', '-c:v', 'mpeg2video', '-c:a', 'mp2'],
  'tape.ts': [...BOTH, '-r', '25', '-flags', '+ilme+ildct', '-c:v', 'mpeg2video', '-field_order', 'tt', '-c:a', 'mp2'],
  'silent-odd.mp4': [
    ...PICTURE,
    '-vf',
    'scale=161:121',
    '-c:v',
    'libx264',
    '-preset',
    'ultrafast',
    '-pix_fmt',
    'yuv444p',
  ],
  'wide.mp4': [...PICTURE, '-vf', 'scale=2400:60,setsar=1', ...H264],
  'fast.mp4': [...PICTURE, '-vf', 'fps=120', ...H264],
  'uneven.mp4': [...PICTURE, '-vf', "select='not(mod(n,3))+lt(n,6)'", '-vsync', 'vfr', ...H264],
  'squeezed.mp4': [...PICTURE, '-vf', 'scale=80:120,setsar=2', ...H264],
  'dark-start.mp4': [...PICTURE, '-vf', "drawbox=c=black:t=fill:enable='lt(t,0.7)'", ...H264],
  /** Fragmented, as browsers and some cameras record it. */
  'pieces.mp4': [...BOTH, ...H264, '-g', '5', '-c:a', 'aac', '-movflags', 'frag_keyframe+empty_moov'],
  /** Two colours side by side that no other clip contains (`MARKER`). */
  'marker.mp4': [...PICTURE, '-vf', `drawbox=c=0x${MARKER[0]}:t=fill,drawbox=x=80:c=0x${MARKER[1]}:t=fill`, ...H264],
  /** Red, then blue from 0.4 to 0.7 seconds, then lime. The sound is silent while the picture is blue.
   * In the file each frame is 0.1 seconds later, because x264 reorders frames. */
  'three.mp4': [...BOTH, ...RED_BLUE_LIME],
  'three-pieces.mp4': [...BOTH, ...RED_BLUE_LIME, '-movflags', 'frag_keyframe+empty_moov+default_base_moof'],
  'three.avi': [...BOTH, ...RED_BLUE_LIME.slice(0, 2), '-c:v', 'mjpeg', ...SILENT_MIDDLE, '-c:a', 'pcm_s16le'],
  'strip.mov': [...PICTURE, '-vf', 'scale=50000:2', '-frames:v', '2', '-c:v', 'mjpeg', '-pix_fmt', 'yuvj444p'],
  'pole.mov': [...PICTURE, '-vf', 'scale=2:50000', '-frames:v', '2', '-c:v', 'mjpeg', '-pix_fmt', 'yuvj444p'],
  'dot.mov': [...PICTURE, '-vf', 'scale=1:1', '-c:v', 'mjpeg', '-pix_fmt', 'yuvj444p'],
  /** Six seconds and 2 MB in a size of which a smaller quality pays. */
  'qualities.mp4': [
    ...BOTH,
    ...['-vf', 'loop=loop=5:size=20:start=0,setpts=N/20/TB,scale=640:480,noise=alls=40:allf=t'],
    ...[...H264, '-b:v', '3M', '-g', '20', '-bf', '2'],
    ...['-af', 'aloop=loop=5:size=44100,asetpts=N/SR/TB', '-c:a', 'aac'],
  ],
  'sound.mp4': ['-map', '1:a', '-c:a', 'aac'],
  /** 20 seconds and 8 MB, which is more than a browser buffers over a slow connection. */
  'long.mp4': [
    ...BOTH,
    '-vf',
    'loop=loop=19:size=20:start=0,setpts=N/20/TB,scale=320:240,noise=alls=40:allf=t',
    ...H264,
    '-b:v',
    '3M',
    '-af',
    'aloop=loop=19:size=44100,asetpts=N/SR/TB',
    '-c:a',
    'aac',
  ],
}
export type Clip = keyof typeof CLIPS

const SOURCES = ['-f', 'lavfi', '-i', 'testsrc2=s=160x120:r=20:d=1', '-f', 'lavfi', '-i', 'sine=d=1']

/** Clips that are made only on request. */
const RARE = [
  'three.mp4',
  'three-pieces.mp4',
  'three.avi',
  'long.mp4',
  'qualities.mp4',
  'pieces.mp4',
  'marker.mp4',
  'strip.mov',
  'pole.mov',
  'dot.mov',
]
const EVERYDAY = (Object.keys(CLIPS) as Clip[]).filter((name) => !RARE.includes(name))

/** The clips outlive the process, because several test files need the same ones. A clip made in another way is another. */
const CLIPS_DIR = join(import.meta.dir, '../dist/clips')
const pathOf = (name: Clip) =>
  join(
    CLIPS_DIR,
    Bun.hash(JSON.stringify([packages.dependencies['@ffmpeg/core'], SOURCES, CLIPS[name]])).toString(36),
    name,
  )

/** Makes the clips that are missing with the embedded ffmpeg. Tests only read them. */
export async function makeClips(names: Clip[] = EVERYDAY): Promise<(name: Clip) => string> {
  const missing = names.filter((name) => !existsSync(pathOf(name)))
  if (missing.length) await make(missing)
  return pathOf
}

/** Moves each finished clip into place, so that several processes may do this at once. */
async function make(names: Clip[]): Promise<void> {
  mkdirSync(CLIPS_DIR, { recursive: true })
  const dir = mkdtempSync(join(CLIPS_DIR, 'unfinished-'))
  const args = names.flatMap((name) => [...CLIPS[name], `${MOUNT}/${name}`])
  const files = names.map((name) => ({ name, path: join(dir, name), isWritable: true }))
  try {
    await runCore({ core: 'plain', program: 'ffmpeg', args: ['-v', 'error', ...SOURCES, ...args], files })
    for (const name of names) {
      mkdirSync(dirname(pathOf(name)), { recursive: true })
      renameSync(join(dir, name), pathOf(name))
    }
  } finally {
    rmSync(dir, { recursive: true })
  }
}

async function runCore(request: Omit<CoreRequest, 'module'>): Promise<void> {
  const worker = new Worker(workerUrl('core'))
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  let log = ''
  worker.onmessage = ({ data }: MessageEvent<CoreReply>) => {
    if ('log' in data) log += `${data.log}\n`
    else if ('ended' in data && data.ended === 0) resolve()
    else if (!('seconds' in data)) reject(new Error(`ffmpeg could not make the clips: ${log} ${JSON.stringify(data)}`))
  }
  worker.postMessage({ ...request, module: await compiledCore(request.core) } satisfies CoreRequest)
  await promise.finally(() => worker.terminate())
}
