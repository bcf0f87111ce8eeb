import { expect } from 'expect';
import { authority } from '../../rig/certificates.ts';
import type { Site } from '../../rig/kayart.ts';
import type { RunResult } from '../../rig/runner.ts';
import { deploy, type Situation } from '../situation.ts';

async function root(site: Site, script: string): Promise<string> {
  const { code, stdout, stderr } = await site.machine.exec(['sh', '-e', '-c', script]);
  if (code !== 0) throw new Error(`${script}: ${stderr}`);
  return stdout;
}

/** Adds lines to the server block of the site. */
async function nginx(site: Site, lines: string): Promise<undefined> {
  await site.machine.writeFile('/etc/nginx/snippets/situation.conf', lines, 'root');
  await root(
    site,
    "sed -i '/^  root /i include snippets/situation.conf;' /etc/nginx/sites-enabled/kayart && nginx -t -q && systemctl reload nginx && sleep 0.3",
  );
  return undefined;
}

const password = 'open-sesame-42';

async function behindLogin(site: Site): Promise<undefined> {
  await root(site, `echo "anna:$(openssl passwd -apr1 ${password})" >/etc/nginx/staging`);
  return nginx(site, 'auth_basic "staging"; auth_basic_user_file /etc/nginx/staging;');
}

const authorities = new WeakMap<Site, string>();
const toTls = 'if ($scheme = http) { return 301 https://kayart.test$request_uri; }';

/** https alone, with a certificate of our own authority. The name is known to the visitors, not to the server itself. */
async function onlyTls(site: Site, { name = 'kayart.test', days = 2 } = {}): Promise<undefined> {
  const own = await authority();
  authorities.set(site, own.pem);
  const { key, cert } = await own.issue(name, days);
  await site.machine.writeFile('/etc/ssl/site.key', key);
  await site.machine.writeFile('/etc/ssl/site.pem', cert);
  await nginx(
    site,
    `listen 443 ssl; ssl_certificate /etc/ssl/site.pem; ssl_certificate_key /etc/ssl/site.key; ${toTls}`,
  );
  return withoutName(site);
}

async function withoutName(site: Site): Promise<undefined> {
  await root(site, "sed 's/ kayart.test//' /etc/hosts >/tmp/hosts && cat /tmp/hosts >/etc/hosts");
  return undefined;
}

const here = { 'health-address': '127.0.0.1' };

function ofOwn(site: Site): Record<string, string> {
  return { ...here, 'health-ca': authorities.get(site) ?? '' };
}

const home = 'app/Controllers/Home.php';

/** The fixture's front page with a statement before it. */
function homeWith(statement: string): string {
  return `<?php
namespace App\\Controllers;
class Home extends \\CodeIgniter\\Controller
{
    public function index() { session(); ${statement} return 'Kayart ok'; }
    public function plain() { return 'plain'; }
    public function login($name) { session()->set('name', $name); return "Hello {$name}"; }
}
`;
}

/** Live code that throws on its front page, pulled and migrated by hand; the next commit may fix it or not. */
async function brokenAlready(site: Site, next: string): Promise<string> {
  const broken = "throw new \\RuntimeException('no prices yet');";
  await site.push({ [home]: homeWith(broken) }, 'Break');
  await root(site, `su nicolas -c 'cd ${site.path} && git pull -q && php spark migrate'`);
  await root(site, `systemctl reload ${site.machine.fpmService}`);
  return site.push({ [home]: homeWith(next), 'public/robots.txt': 'x' }, 'Go on');
}

function named({ outputs }: RunResult, severity: string): string[] {
  const found = JSON.parse(outputs['findings'] ?? '[]') as { name: string; severity: string }[];
  return found.filter((one) => one.severity === severity).map(({ name }) => name);
}

/** What the site may be like for its visitors, and for us who ask like one. */
export const health: readonly Situation[] = [
  {
    name: 'behind HTTP basic authentication, with health-auth',
    prepare: behindLogin,
    inputs: () => ({ 'health-auth': `anna:${password}`, 'health-status': '200' }),
    outcome: 'deployed',
    errors: [],
    says: 'every step was proved',
    async afterwards(_site, result) {
      const sent = Buffer.from(`anna:${password}`).toString('base64');
      expect(result.leaks([password, sent])).toEqual([]);
    },
  },
  {
    name: 'behind HTTP basic authentication, without health-auth: green, but nothing is claimed',
    prepare: behindLogin,
    outcome: 'deployed',
    errors: [],
    says: /not verified: .*The page behind http:\/\/kayart.test\/.* ci_sessions: that page was not seen\./,
    async afterwards(_site, result) {
      expect(named(result, 'warning')).toContain('health-unauthorised');
    },
  },
  {
    name: 'behind HTTP basic authentication, where only 200 is healthy',
    prepare: behindLogin,
    inputs: () => ({ 'health-status': '200' }),
    outcome: 'refused',
    errors: ['health-unauthorised'],
    says: 'health-auth is not set',
  },
  {
    name: 'behind HTTP basic authentication, with another password',
    prepare: behindLogin,
    inputs: () => ({ 'health-auth': 'anna:wrong-sesame-41' }),
    outcome: 'refused',
    errors: ['health-unauthorised'],
    says: 'does not accept the user and password',
  },
  {
    name: 'http to https of an own authority, by a name that the server does not know',
    prepare: onlyTls,
    inputs: ofOwn,
    outcome: 'deployed',
    errors: [],
    says: 'every step was proved',
  },
  {
    name: 'https of an authority that nobody reported us of',
    prepare: onlyTls,
    inputs: () => here,
    outcome: 'refused',
    errors: ['health-certificate'],
    says: 'signed by "Our CA"',
  },
  {
    name: 'https with a certificate for another name',
    prepare: async (site) => onlyTls(site, { name: 'www.kayart.example' }),
    inputs: ofOwn,
    outcome: 'refused',
    errors: ['health-certificate'],
    says: 'for www.kayart.example, not for kayart.test',
  },
  {
    name: 'https with a certificate of last week',
    prepare: async (site) => onlyTls(site, { days: -3 }),
    inputs: ofOwn,
    outcome: 'refused',
    notPasted: 'No authority renews certificates here.',
    errors: ['health-certificate'],
    says: 'that expired on 20',
  },
  {
    name: 'a name that the server does not know: the input that helps is named',
    prepare: withoutName,
    outcome: 'refused',
    errors: ['health-url-unreachable'],
    says: 'the name kayart.test does not resolve',
    async afterwards(site, result) {
      expect(result.outputs['findings']).toContain('health-address: 127.0.0.1');
      const again = await deploy(site, { inputs: here });
      expect(again.outputs['outcome']).toBe('deployed');
    },
  },
  {
    name: 'an address at which nothing listens',
    inputs: () => ({ 'health-address': '127.0.0.1:81' }),
    outcome: 'refused',
    errors: ['health-url-unreachable'],
    says: 'nothing answers there at 127.0.0.1:81 (Connection refused)',
  },
  {
    name: 'a loop of redirects',
    prepare: async (site) =>
      nginx(site, 'location = / { return 302 /a; } location = /a { return 302 /; }'),
    outcome: 'rolled-back',
    errors: ['health-redirects'],
    says: /in a loop: http:\/\/kayart.test\/ -> http:\/\/kayart.test\/a -> http:\/\/kayart.test\/\. It did so before this deploy too/,
  },
  {
    name: 'single sign-on at another host',
    prepare: async (site) =>
      nginx(site, 'location = / { return 302 https://sso.example/login?state=1; }'),
    outcome: 'deployed',
    errors: [],
    says: 'another host, https://sso.example/login?..., and that was not asked',
  },
  {
    name: 'a maintenance page before and after',
    prepare: async (site) =>
      nginx(site, 'location = / { add_header Retry-After 600 always; return 503; }'),
    outcome: 'rolled-back',
    errors: ['site-in-maintenance'],
    says: /a maintenance page: it sends Retry-After: 600\. It did so before this deploy too/,
  },
  {
    name: 'unhealthy before, and the new code repairs it',
    prepare: async (site) => brokenAlready(site, ''),
    outcome: 'deployed',
    errors: [],
    async afterwards(_site, result) {
      expect(named(result, 'warning')).toContain('site-unhealthy-before-deploy');
      expect(result.log.join('\n')).toContain('Before this deploy it answered with status 500');
    },
  },
  {
    name: 'unhealthy before, and the new code does not repair it',
    prepare: async (site) => brokenAlready(site, "throw new \\RuntimeException('still none');"),
    outcome: 'rolled-back',
    errors: ['site-unhealthy'],
    says: /the new code alone is not to blame\. The newest error in its log since the switch: .*still none/,
  },
  {
    name: 'a first answer that is slow',
    prepare: async (site) => site.push({ [home]: homeWith(slowOnce(5)) }, 'Slow once'),
    outcome: 'deployed',
    errors: [],
    async afterwards(_site, result) {
      expect(result.log.join('\n')).toMatch(/took [5-9]\.\d s to answer/);
    },
  },
  {
    name: 'a first answer that is slower than health-timeout, and a second one that is not',
    prepare: async (site) => site.push({ [home]: homeWith(slowOnce(5)) }, 'Slow once'),
    inputs: () => ({ 'health-timeout': '2s' }),
    outcome: 'deployed',
    errors: [],
    async afterwards(_site, result) {
      expect(result.log.join('\n')).toContain('did not answer within 2 s; asking again');
    },
  },
];

function slowOnce(seconds: number): string {
  return `if (! is_file(WRITEPATH . 'cache/warm')) { touch(WRITEPATH . 'cache/warm'); sleep(${seconds}); }`;
}
