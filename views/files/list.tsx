import type { FileJson } from '../../shapes/files'
import { useFrame, useT } from '../frame'
import { Layout } from '../layout'
import { Empty } from '../parts/empty'
import { More } from '../parts/more'
import { Picture } from '../parts/picture'
import { StorageMeter } from '../parts/storage'
import { ownFileName } from './name'

type List = { files: FileJson[]; next: string | null }

export function FilesPart({ files, next }: List) {
  const t = useT()
  const words = { processing: t('Processing'), ready: '', failed: t('Failed') }
  return (
    <>
      {files.map((file) => (
        <figure class="tile" id={`file-${file.id}`}>
          <Picture file={file} use="thumb" name={ownFileName(file, t)} />
          {words[file.status] && <figcaption>{file.error ? t(file.error.message) : words[file.status]}</figcaption>}
        </figure>
      ))}
      <More next={next} />
    </>
  )
}

export function FilesPage(list: List) {
  const { t, viewer } = useFrame()
  return (
    <Layout title={t('My files')} back="/users/account" wide>
      {viewer && (
        <section class="panel">
          <StorageMeter storage={viewer.storage} />
        </section>
      )}
      {list.files.length ? (
        <div class="grid">
          <FilesPart {...list} />
        </div>
      ) : (
        <Empty icon="images" text={t('You have not uploaded anything yet.')}>
          <a class="button primary" href="/posts/new">
            {t('New post')}
          </a>
        </Empty>
      )}
    </Layout>
  )
}
