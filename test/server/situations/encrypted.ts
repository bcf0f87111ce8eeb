import type { Site } from '../../rig/kayart.ts';
import { authority } from '../../rig/certificates.ts';
import { inBothCommits, root, statements } from '../breakages.ts';
import type { Situation } from '../situation.ts';

const file = 'app/Config/Database.php';

/** The application asks for TLS with these files. */
async function encrypts(site: Site, ssl: Readonly<Record<string, string>>): Promise<string> {
  const pairs = Object.entries(ssl).map(([name, value]) => `"ssl_${name}" => ${value}`);
  return inBothCommits(
    site,
    `sed -i -E '0,/.encrypt. *=> false/s##"encrypt" => [${pairs.join(', ')}]#' ${file}; php -l ${file} >/dev/null`,
  );
}

/** The server shows a certificate of an authority that nobody else knows. */
async function certified({ machine }: Site): Promise<void> {
  const signer = await authority();
  const { key, cert } = await signer.issue('127.0.0.1');
  const files = { 'ca.pem': signer.pem, 'cert.pem': cert, 'key.pem': key };
  for (const [name, text] of Object.entries(files))
    await machine.writeFile(`/etc/mysql/${name}`, text, 'mysql');
  const settings =
    '[mariadbd]\\nssl_ca=/etc/mysql/ca.pem\\nssl_cert=/etc/mysql/cert.pem\\nssl_key=/etc/mysql/key.pem\\n';
  const { code, stderr } = await machine.exec([
    'sh',
    '-e',
    '-c',
    `printf '${settings}' >/etc/mysql/mariadb.conf.d/zz-tls.cnf; systemctl restart mariadb`,
  ]);
  if (code !== 0) throw new Error(stderr);
}

// Without skip-name-resolve the server takes 127.0.0.1 for localhost.
const onlyEncrypted = "ALTER USER kayart@localhost, kayart@'127.0.0.1' REQUIRE SSL";

/** Databases that take encrypted connections alone. */
export const encrypted: readonly Situation[] = [
  {
    name: 'MariaDB requires TLS, and the application verifies its certificate',
    database: { way: 'tcp' },
    async prepare(site) {
      await certified(site);
      await statements(site, onlyEncrypted);
      return encrypts(site, { ca: '"/etc/mysql/ca.pem"', verify: 'true' });
    },
    outcome: 'deployed',
    errors: [],
  },
  {
    name: 'MySQL 9 requires TLS, and the application does not verify its certificate',
    database: { server: 'mysql9', way: 'tcp' },
    async prepare(site) {
      await statements(site, onlyEncrypted);
      return encrypts(site, { ca: '"/etc/ssl/certs/ca-certificates.crt"', verify: 'false' });
    },
    outcome: 'deployed',
    errors: [],
  },
  {
    name: 'a login of our own requires TLS, and the application uses none',
    database: { way: 'tcp' },
    inputs: () => ({ 'db-user': 'reader', 'db-password': 'a-secret', 'db-tls': 'on' }),
    async prepare(site) {
      await certified(site);
      await statements(
        site,
        "CREATE USER reader@'127.0.0.1' IDENTIFIED BY 'a-secret' REQUIRE SSL",
        "GRANT ALL ON kayart.* TO reader@'127.0.0.1'",
      );
      return undefined;
    },
    outcome: 'deployed',
    errors: [],
  },
  {
    name: 'the certificate of the database is signed by somebody else than the application expects',
    database: { way: 'tcp' },
    async prepare(site) {
      await certified(site);
      await statements(site, onlyEncrypted);
      await root(site, 'cp /etc/ssl/certs/ISRG_Root_X1.pem /etc/mysql/other.pem');
      return encrypts(site, { ca: '"/etc/mysql/other.pem"', verify: 'true' });
    },
    outcome: 'refused',
    errors: ['database-refused'],
  },
];
