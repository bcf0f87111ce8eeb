import type { connection } from '../connection.ts';
import { explained, untouched, type Explained } from './explanation.ts';

export const explainedConnection: Explained<typeof connection> = {
  input: explained(
    'An input of the step is missing, has a name that does not exist, or a value that does not have its shape. A secret that is empty counts as missing.',
    'The run ended before it connected to anything.',
    'Correct every line that the report names: it names all of them at once. [docs/inputs.md](inputs.md) has each input with its format.',
    'It says nothing about the server: nobody asked it yet. In a run of a fork an empty secret is no typing error, because forks get no secrets.',
  ),
  'ssh-host-not-found': explained(
    'The name in `host` or `proxy-jump` has no address where the runner looks it up.',
    untouched,
    'Look for a typing error in `host`. A name that only your own network knows needs a runner there, or `proxy-jump`.',
    'It is no closed port and no wrong key: no connection was tried.',
  ),
  'ssh-port-closed': explained(
    'The machine answered that nothing listens at that port. sshd does not run, or listens at another port.',
    untouched,
    'Compare `host` and `port` with what `ss -ltn` shows on the server.',
    'A firewall that drops packets looks otherwise: see [`ssh-no-answer`](#ssh-no-answer).',
  ),
  'ssh-jump-failed': explained(
    'The host of `proxy-jump` let us in, and then opened no connection to the next host.',
    untouched,
    'Check `host` and `port` as that host sees them. Its sshd needs `AllowTcpForwarding yes`.',
    'Key and password of the last server are not at fault: nobody asked for them yet.',
  ),
  'ssh-no-answer': explained(
    'No answer came within `connect-timeout`. Mostly a firewall drops the packets, or the address belongs to no machine.',
    untouched,
    'Let the firewall accept the runner, or run on a runner inside the network. Where the line is only slow, raise `connect-timeout`.',
    'It is no refused login. The deploy had not begun, so nothing runs on alone.',
  ),
  'ssh-connection-closed': explained(
    'sshd ended the connection during the login. The message has its words where it gave any. Frequent reasons are `MaxStartups`, `AllowUsers`, fail2ban, and a password that has expired.',
    untouched,
    'Read what sshd wrote: `sudo journalctl -u ssh -n 20`. A file `/etc/nologin` or `/run/nologin` closes all logins for a while.',
    'It does not prove that the key is wrong: a refused key is [`ssh-auth-failed`](#ssh-auth-failed).',
  ),
  'ssh-no-common-algorithm': explained(
    'The server offers only algorithms that ci4-deploy leaves out because they are broken: SHA-1, CBC and older.',
    untouched,
    'Paste the line for `sshd_config` and reload sshd. For a key of RSA, a key of the kind ed25519 often needs no change there.',
    'It is no fault of your key file, and no switch of ci4-deploy allows the old algorithms.',
  ),
  'ssh-host-key-refused': explained(
    'The server shows a host key that `known-hosts` or `host-fingerprint` does not have, or one that is marked as revoked. Either somebody reinstalled the server, or somebody else answers in its place.',
    'Nothing was sent: neither the password nor a command. Visitors notice nothing.',
    'Let the server itself print its fingerprint, on its own console. Only when it is the offered one, add the printed line.',
    'It is no fault of the deploy key. Running `ssh-keyscan` again without comparing only trusts the machine that answers now.',
  ),
  'ssh-auth-failed': explained(
    'sshd accepts neither the key nor the password. The public half is not in `authorized_keys` of that user, others may write to the home directory, or a second factor is wanted.',
    untouched,
    'Paste the printed lines as root: they add the public key of the secret with the right modes. Of a login by password, compare user and password.',
    'The host key was right, so this is your server. It says nothing about sudo or about the files.',
  ),
  'ssh-key-not-readable': explained(
    'The text of `ssh-key` is no private key. Often it is the public half, or its last line is missing, or it needs `ssh-key-passphrase`.',
    'The run ended before it logged in.',
    'Paste the whole file again, from its first to its last line, and set the passphrase if the key has one.',
    'The server did not refuse it: it never saw the key.',
  ),
  'ssh-login-failed': explained(
    'The login failed in a way that ci4-deploy has no own word for. The message quotes the reason.',
    untouched,
    'Read what sshd wrote at that moment: `sudo journalctl -u ssh -n 20`.',
    'It is none of the causes above, each of which has its own name.',
  ),
  'ssh-no-shell': explained(
    'The login works, but the account runs no commands. Its shell is `nologin` or restricted, sshd lets it only transfer files, its password has run out, or a start file asks a question.',
    untouched,
    'Paste the printed lines, which give the account a shell, or name the file that keeps it from starting.',
    'The key is right: a refused key is [`ssh-auth-failed`](#ssh-auth-failed).',
  ),
  'ssh-no-session': explained(
    'sshd let us in and opens no session, because its `MaxSessions` is 0 or too small.',
    untouched,
    'Paste the printed lines: they set `MaxSessions` to its default and reload sshd.',
    'It is no lock of another deploy, and no limit of GitHub.',
  ),
  'connection-lost': explained(
    'The connection broke off while an answer was due: network, restart of the server, or a firewall that forgets idle connections.',
    'What ran on the server at that moment goes on alone. The report says that its end is not known. The next run waits for it and finishes or rolls back.',
    'Run the deploy again. It reads from ledger and journal what was done, and does nothing twice.',
    'It does not mean that the migration failed. Do not repeat it by hand.',
  ),
  'forward-refused': explained(
    'sshd opened no connection from the server to the database or to another address there: nothing answers, or forwarding is limited.',
    'Before the stage nothing was touched. Later the deploy is rolled back.',
    'See whether the database runs (`systemctl status mariadb mysql`). Else paste the lines that let sshd forward.',
    'The application itself may still reach its database: only our way through sshd is closed.',
  ),
  'forwarding-prohibited': explained(
    'sshd forbids forwarding (`AllowTcpForwarding`, `AllowStreamLocalForwarding` or `DisableForwarding`). The action reads tables through the SSH connection.',
    untouched,
    'Paste the lines: they set the option to `local`, which allows connections on the server alone, and reload sshd.',
    'The database is not down, and its password is not wrong.',
  ),
};
