import { expect, test } from 'bun:test'
import { isWorthLevels, smallerLevels } from './levels'
import { qualityList, segmentList } from './playlists'

const HD = { width: 1920, height: 1080 }

test('several qualities are made of long or large videos only, and only where they save something', () => {
  expect([
    isWorthLevels(HD, 60, 1, 60),
    isWorthLevels(HD, 59, 29_999_999, 60),
    isWorthLevels(HD, 10, 30_000_000, 60),
    isWorthLevels({ width: 640, height: 360 }, 600, 1e9, 60),
    isWorthLevels(HD, 600, 1e9, 0),
  ]).toEqual([true, false, true, false, false])
  const sides = (size: typeof HD, rate: number, bits: number) => smallerLevels(size, rate, bits).map(({ side }) => side)
  expect([
    sides(HD, 30, 5e6),
    sides({ width: 1080, height: 1920 }, 30, 5e6),
    sides({ width: 1280, height: 720 }, 30, 3e6),
    sides({ width: 854, height: 480 }, 30, 2e6),
    sides(HD, 30, 1.2e6),
    sides(HD, 30, 4e5),
  ]).toEqual([[360, 720], [360, 720], [360], [360], [360], []])
  expect(smallerLevels({ width: 1080, height: 1920 }, 60, 8e6)).toMatchObject([
    { width: 360, height: 640, rate: 30 },
    { width: 720, height: 1280, rate: 60 },
  ])
})

test('playlists name parts of one file by relative addresses', () => {
  const segments = [
    { from: 1000, bytes: 500_000, seconds: 4 },
    { from: 501_000, bytes: 300_000, seconds: 3.2 },
  ]
  const made = { beginning: 900, segments, codecs: ['avc1.64001f', 'mp4a.40.2'] }
  expect(segmentList('720p.mp4', made)).toBe(`#EXTM3U
#EXT-X-VERSION:7
#EXT-X-TARGETDURATION:4
#EXT-X-MEDIA-SEQUENCE:0
#EXT-X-PLAYLIST-TYPE:VOD
#EXT-X-INDEPENDENT-SEGMENTS
#EXT-X-MAP:URI="720p.mp4",BYTERANGE="900@0"
#EXTINF:4.000000,
#EXT-X-BYTERANGE:500000@1000
720p.mp4
#EXTINF:3.200000,
#EXT-X-BYTERANGE:300000@501000
720p.mp4
#EXT-X-ENDLIST
`)
  expect(qualityList([{ list: '720p.m3u8', width: 1280, height: 720, rate: 29.97, made }])).toContain(
    '#EXT-X-STREAM-INF:BANDWIDTH=1000000,AVERAGE-BANDWIDTH=888889,CODECS="avc1.64001f,mp4a.40.2",' +
      'RESOLUTION=1280x720,FRAME-RATE=29.970\n720p.m3u8\n',
  )
})
