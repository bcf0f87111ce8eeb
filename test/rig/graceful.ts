import type { Machine } from './machine.ts';

/**
 * A server as the README sets it up: running requests get time at a reload, which cuts them otherwise. PHP-FPM may be down.
 * @throws Error when its configuration cannot be written
 */
export async function gracefulReloads(machine: Machine): Promise<void> {
  const { phpVersion, fpmService } = machine;
  const file = `/etc/php/${phpVersion}/fpm/php-fpm.conf`;
  const script = `grep -q '^process_control_timeout' ${file} && exit 0
sed -i 's/^\\[global\\]/&\\nprocess_control_timeout = 10s/' ${file} || exit
{ php-fpm${phpVersion} -t && systemctl reload ${fpmService}; } 2>/dev/null
sleep 0.5`;
  const { code, stderr } = await machine.exec(['sh', '-c', script]);
  if (code !== 0) throw new Error(stderr);
}
