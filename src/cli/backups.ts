import { type BackupPlace, parsePlace } from '../backup-place'
import type { Config } from '../config'
import { formatBytes } from './checks/space'
import { type Call, type Command, WrongUsage } from './command'
import { removeDrafts } from './repository/add'
import { prove } from './repository/prove'
import { openRepository, type Repository } from './repository/repository'
import { openShelf } from './repository/shelf'
import { listSnapshots, readEntries, readSnapshot } from './repository/snapshot'
import { breakOffOnSignals } from './signals'

export const backups: Command = {
  usage: '[DIR|s3://…] [--prove] [--all]',
  about: `Lists the backups in a folder or bucket, by default that of PINHOLE_BACKUP, newest first. With --prove the newest
is restored into a scratch folder and checked, and a part of everything stored is read and compared with its hash; with
--all everything is. What turns out damaged is set aside, so that the next backup stores it again. Exit status 1 when
something is wrong.`,
  options: {
    prove: { about: 'restore the newest backup into a scratch folder and check it' },
    all: { about: 'with --prove: read everything that is stored' },
  },
  takes: [0, 1],
  anywhere: true,
  async run(call) {
    const settings = await call.config()
    const repository = await openRepository(openShelf(placeOf(call, settings)), settings.backupPassphrase)
    const names = await listSnapshots(repository)
    if (!names.length) throw new Error(`There is no complete backup in ${repository.name} yet.`)
    await (call.flag('prove') ? proveNewest(call, repository, names[0]!) : list(call, repository, names))
  },
}

function placeOf({ args: [given] }: Call, { backup }: Config): BackupPlace {
  const place = given === undefined ? backup : parsePlace(given)
  if (!place) throw new WrongUsage('Name the folder or bucket of the backups, or set PINHOLE_BACKUP for the server.')
  return place
}

async function list({ answer }: Call, repository: Repository, names: string[]) {
  const found = await Promise.all(names.map((name) => readSnapshot(repository, name)))
  const rows = found.map(({ createdAt, version, files, bytes }) => ({ createdAt, version, files, bytes }))
  const lines = rows.map(({ createdAt, files, bytes }) => `${createdAt}  ${files} files, ${formatBytes(bytes)}`)
  await answer(lines.join('\n'), rows)
}

async function proveNewest({ answer, flag, tell, fail }: Call, repository: Repository, name: string) {
  breakOffOnSignals(() => removeDrafts(repository.shelf))
  const snapshot = await readSnapshot(repository, name)
  const entries = await readEntries(repository, snapshot)
  const wanted = { isComplete: flag('all') !== undefined, now: Date.now() }
  const { faults, read, ledger } = await prove(repository, snapshot, entries, wanted).finally(() =>
    removeDrafts(repository.shelf),
  )
  if (ledger.length) tell(`pinhole: The ledger in this backup has ${ledger.length} faults. Run: pinhole audit`)
  const checked = `${snapshot.files} files are there, and ${read} of ${repository.objects.size} objects were read again`
  const verdict = faults.length ? `${faults.length} faults.` : `The backup of ${snapshot.createdAt} can be restored.`
  const about = { createdAt: snapshot.createdAt, files: snapshot.files, read, faults }
  await answer([...faults, `${repository.name}: ${checked}. ${verdict}`].join('\n'), { ok: !faults.length, ...about })
  if (faults.length) fail()
}
