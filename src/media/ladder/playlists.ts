import type { Fragmented, Segment } from './fragments'

/** A quality as the list of all qualities describes it. */
export type Quality = { list: string; width: number; height: number; rate: number; made: Fragmented }

/**
 * Lists the segments of one quality (RFC 8216) as parts of one file. Addresses are relative, so they carry the signature
 * of the address by which the list was opened, and end with it.
 */
export function segmentList(file: string, { beginning, segments }: Fragmented): string {
  const longest = Math.ceil(Math.max(...segments.map(({ seconds }) => seconds)))
  return [
    ...['#EXTM3U', '#EXT-X-VERSION:7', `#EXT-X-TARGETDURATION:${longest}`, '#EXT-X-MEDIA-SEQUENCE:0'],
    ...['#EXT-X-PLAYLIST-TYPE:VOD', '#EXT-X-INDEPENDENT-SEGMENTS'],
    `#EXT-X-MAP:URI="${file}",BYTERANGE="${beginning}@0"`,
    ...segments.flatMap(({ from, bytes, seconds }) => [
      `#EXTINF:${seconds.toFixed(6)},`,
      `#EXT-X-BYTERANGE:${bytes}@${from}`,
      file,
    ]),
    ...['#EXT-X-ENDLIST', ''],
  ].join('\n')
}

/** Lists all qualities, the smallest first. */
export const qualityList = (qualities: Quality[]): string =>
  [
    ...['#EXTM3U', '#EXT-X-VERSION:7', '#EXT-X-INDEPENDENT-SEGMENTS'],
    ...qualities.flatMap(({ list, width, height, rate, made: { segments, codecs } }) => [
      `#EXT-X-STREAM-INF:${[
        `BANDWIDTH=${Math.ceil(Math.max(...segments.map((segment) => bitRate([segment]))))}`,
        `AVERAGE-BANDWIDTH=${Math.ceil(bitRate(segments))}`,
        `CODECS="${codecs.join(',')}"`,
        `RESOLUTION=${width}x${height}`,
        `FRAME-RATE=${rate.toFixed(3)}`,
      ].join(',')}`,
      list,
    ]),
    '',
  ].join('\n')

function bitRate(segments: Segment[]): number {
  const seconds = segments.reduce((sum, segment) => sum + segment.seconds, 0)
  return (segments.reduce((sum, { bytes }) => sum + bytes, 0) * 8) / Math.max(seconds, 0.001)
}
