/** How a backup ended: with what it contains, or with the reason why there is none. */
export type BackupEnd = { error: string } | { error: null; files: number; bytes: number; newBytes: number }

/** Makes a backup at the place of the settings, in another process. It is given up when the signal aborts. */
export type MakeBackup = (signal: AbortSignal) => Promise<BackupEnd>
