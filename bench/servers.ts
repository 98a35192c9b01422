import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { need } from './load'

export type Server = { origin: string; stop(): Promise<unknown> }

/** Starts the built executable on this data folder, as a community that everybody can see. */
export async function startPinhole(dataDir: string, more: Record<string, string> = {}): Promise<Server> {
  const env = { PINHOLE_ACCESS: 'public', PINHOLE_DATA: dataDir, PINHOLE_RATE_LIMITS: 'off', ...more }
  const child = Bun.spawn(['dist/pinhole', 'serve', '0', '--host', '127.0.0.1', '--json'], {
    env,
    stdout: 'pipe',
    stderr: 'inherit',
  })
  for await (const text of child.stdout.pipeThrough(new TextDecoderStream())) {
    const { address } = JSON.parse(text.split('\n')[0]!) as { address: string }
    return { origin: address, stop: () => end(child) }
  }
  throw new Error('The server did not start.')
}

/** Starts nginx with one worker, which keeps its files in `dir` and serves what `server` says. */
export async function startNginx(dir: string, port: number, server: string): Promise<Server> {
  const conf = join(dir, 'nginx.conf')
  writeFileSync(
    conf,
    `worker_processes 1; daemon off; pid ${dir}/nginx.pid; error_log stderr crit;
events { worker_connections 256; }
http {
  access_log off; sendfile on; tcp_nopush on; keepalive_requests 1000000; open_file_cache max=100;
  types { image/webp webp; }
  client_body_temp_path ${dir}; proxy_temp_path ${dir};
  fastcgi_temp_path ${dir}; uwsgi_temp_path ${dir}; scgi_temp_path ${dir};
  server {
    listen 127.0.0.1:${port}; ${server}
  }
}`,
  )
  const child = Bun.spawn([need('nginx'), '-c', conf, '-p', dir], { stdio: ['ignore', 'ignore', 'inherit'] })
  const origin = `http://127.0.0.1:${port}`
  for (let i = 0; i < 100 && !(await fetch(origin).catch(() => null)); i++) await Bun.sleep(20)
  return { origin, stop: () => end(child) }
}

export function end(child: Bun.Subprocess): Promise<unknown> {
  child.kill()
  return child.exited
}
