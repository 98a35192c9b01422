import type { FileJson } from '../../shapes/files'
import { useT } from '../frame'
import { languageName } from '../words/format'
import { durationText } from './duration'
import { Icon } from './icon'
import type { IconName } from './icons'

/**
 * A video in the browser's own player, inline on phones, too. `player.ts` remembers the position and renews expired
 * links. A long video has several qualities, and scripts give it controls of its own (`film/`).
 */
export function Video({ file, name, eager }: { file: FileJson; name: string; eager?: boolean }) {
  const { mp4, poster, hls } = file.renditions
  if (!mp4) return null
  const video = (
    <video
      src={mp4.url}
      {...(poster && { poster: poster.url })}
      width={mp4.width}
      height={mp4.height}
      preload={eager && !hls ? 'metadata' : 'none'}
      controls
      playsinline
      aria-label={name}
      data-video={String(file.id)}
      data-hls={hls?.url}
    >
      {file.captions?.map(({ language, url }) => (
        <track kind="captions" src={url} srclang={language} label={languageName(language)} />
      ))}
    </video>
  )
  if (!hls || !file.duration) return <span class="photo film">{video}</span>
  return (
    <span class="photo film" data-film>
      {video}
      <FilmControls file={file} duration={file.duration} qualities={hls.qualities ?? []} />
    </span>
  )
}

type ControlsProps = { file: FileJson; duration: number; qualities: number[] }

function FilmControls({ file, duration, qualities }: ControlsProps) {
  const t = useT()
  const { captions = [] } = file
  const [start, pause] = [t('Play'), t('Pause')]
  const play = {
    type: 'button' as const,
    'data-film-play': true,
    'aria-label': start,
    'data-play': start,
    'data-pause': pause,
  }
  return (
    <span class="film-controls scripted">
      <button {...play} class="film-start">
        <Icon name="play" size={32} />
      </button>
      <span class="film-length" aria-hidden="true">
        {durationText(duration)}
      </span>
      <span class="film-bar">
        <Seek file={file} duration={duration} />
        <span class="film-buttons">
          <button {...play} class="film-button">
            <Icon name="play" size={20} />
            <Icon name="pause" size={20} />
          </button>
          <span class="film-time">
            <span data-film-now>0:00</span> / {durationText(duration)}
          </span>
          <span class="film-space" />
          {captions.length > 0 && (
            <label class="film-choice">
              <Icon name="captions" size={20} />
              <select data-film-captions aria-label={t('Subtitles')}>
                <option value="">{t('No subtitles')}</option>
                {captions.map(({ language }) => (
                  <option value={language} lang={language}>
                    {languageName(language)}
                  </option>
                ))}
              </select>
            </label>
          )}
          <label class="film-choice">
            <Icon name="settings" size={20} />
            <select data-film-quality data-auto={t('Auto')} aria-label={t('Quality')}>
              <option value="">{t('Auto')}</option>
              {qualities.map((side) => (
                <option value={String(side)}>{`${side}p`}</option>
              ))}
            </select>
          </label>
          <Toggle label={t('Mute the sound')} icons={['volume-2', 'volume-x']} data-film-mute />
          <Toggle label={t('Full screen')} icons={['maximize', 'minimize']} data-film-full />
        </span>
      </span>
    </span>
  )
}

type ToggleProps = {
  label: string
  icons: [off: IconName, on: IconName]
  'data-film-mute'?: true
  'data-film-full'?: true
}

/** A button that is pressed or not. The styles show the icon of its state. */
const Toggle = ({ label, icons, ...what }: ToggleProps) => (
  <button type="button" class="film-button" {...what} aria-pressed="false" aria-label={label} title={label}>
    {icons.map((icon) => (
      <Icon name={icon} size={20} />
    ))}
  </button>
)

/** The seek bar. While somebody looks for a place, a small picture shows what is there. */
function Seek({ file, duration }: Pick<ControlsProps, 'file' | 'duration'>) {
  const t = useT()
  const { scrub } = file.renditions
  return (
    <span class="film-seek">
      <output class="film-preview" aria-hidden="true" hidden>
        {scrub && (
          <canvas
            width={scrub.width}
            height={scrub.height}
            data-film-previews={scrub.url}
            data-every={String(scrub.every ?? 1)}
          />
        )}
        <span data-film-there />
      </output>
      <input
        type="range"
        min="0"
        max={String(duration)}
        step="0.1"
        value="0"
        aria-label={t('Position in the video')}
        data-film-seek
      />
    </span>
  )
}
