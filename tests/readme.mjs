#!/usr/bin/env node
// Holds the README to what it tells people to type: runs its commands that are about a shop against one, as they stand
// there, and names the test that runs each of the others. A command that nobody runs fails.
//
//   tests/readme.mjs [ORDERD]    the executable; build/orderd without it
import {spawnSync} from 'node:child_process';
import {existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {dirname, join, resolve} from 'node:path';
import {fileURLToPath} from 'node:url';

import {freePort} from './support/free_port.mjs';

const top = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const orderd = resolve(process.argv[2] ?? join(top, 'build/orderd'));
const readme = readFileSync(join(top, 'README.md'), 'utf8');

// Commands that are not run here: which file runs each, and in what words.
const elsewhere = [
    ['orderd version', 'tests/app/restore_test.cpp', '{"version"}'],
    ['./packaging/release.sh', 'packaging/test.sh', 'packaging/release.sh'],
    ['./packaging/test-reproducible.sh', 'packaging/test.sh', 'packaging/test-reproducible.sh'],
    // No container engine here: what the image has is tried without one.
    ['podman build --tag orderd --file packaging/Containerfile .', 'packaging/test.sh', 'packaging/test-container.sh'],
    ['podman run --publish 127.0.0.1:8080:8080 --volume shop:/shop orderd', 'packaging/test.sh', 'packaging/test-container.sh'],
    ['litestream restore -o /var/lib/orderd/arrived.db file:///mnt/backup/orderd-replica', 'tests/engines/litestream.mjs', "'restore', '-o', arrived"],
    ['sudo -u orderd orderd restore /var/lib/orderd/arrived.db', 'tests/engines/litestream.mjs', "['restore', arrived]"],
    ['npm ci --prefix packaging/follower', 'packaging/dependencies.sh', 'npm ci --prefix packaging/follower'],
    ['ORDERD_TOKEN_FILE=token node packaging/follower/follow.mjs http://127.0.0.1:8080 postgres://orderd@db.internal/shop', 'tests/engines/follower.mjs', 'postgres://orderd@127.0.0.1'],
    ['ORDERD_TOKEN_FILE=token node packaging/follower/follow.mjs http://127.0.0.1:8080 nats://bus.internal:4222', 'tests/engines/follower.mjs', 'nats://127.0.0.1'],
    ['./packaging/demo.sh', 'packaging/test.sh', 'packaging/demo.sh --listen'],
    ['./packaging/demo.sh --help', 'packaging/test.sh', 'packaging/demo.sh --help'],
    ['./packaging/deb.sh', 'packaging/test-deb.sh', 'packaging/deb.sh'],
    ['sudo apt install ./build/orderd_0.1.0_amd64.deb', 'packaging/test-deb.sh', 'apt-get -y install /tmp/old.deb'],
    ["journalctl -u orderd -o cat | grep 'Set up'", 'packaging/test-deb.sh', 'Set up the shop'],
    ['sudo ORDERD_PURGE_DATA=yes apt purge orderd', 'packaging/test-deb.sh', 'ORDERD_PURGE_DATA=yes'],
    ['systemd-analyze security orderd', 'packaging/test-deb.sh', 'systemd-analyze security'],
    // No Mac here: only its syntax is held to anything, which the README says.
    ['brew install --HEAD packaging/homebrew/orderd.rb', 'packaging/test.sh', 'ruby -c'],
    ['brew services start orderd', 'packaging/test.sh', 'ruby -c'],
    ['./packaging/dependencies.sh', 'tests/run.sh', 'packaging/dependencies.sh'],
    ['cmake --preset release', 'tests/run.sh', 'cmake --preset "$preset"'],
    ['cmake --build build', 'tests/run.sh', 'cmake --build "$folder"'],
    ['cmake --build build --target tidy', '.ci/tidy', 'cmake --build build --target tidy'],
    ['sudo -u orderd orderd check', 'packaging/test-deb.sh', 'orderd check >/dev/null'],
    ['./tests/run.sh', '.ci/run', 'tests/run.sh'],
    ['./tests/run.sh --quick', 'tests/run.sh', '--quick) quick=true'],
    ['./tests/run.sh --quick "stock"', 'tests/run.sh', '--quick) quick=true'],
    ['./tests/run.sh --all', '.ci/run', 'tests/run.sh" --all'],
    ['./tests/run.sh --campaigns', 'tests/run.sh', '--campaigns) all=true && campaigns=true'],
    ['./tests/faults.sh', 'tests/run.sh', 'run_script tests/faults.sh'],
    ['./tests/fuzz.sh --seconds 3600', 'tests/run.sh', 'run_script tests/fuzz.sh'],
    ['./tests/campaign/real.mjs --kills 1000', 'tests/run.sh', 'run_script tests/campaign/real.mjs'],
    ['./tests/campaign/generated.mjs --seconds 3600', 'tests/run.sh', 'run_script tests/campaign/generated.mjs'],
    ['./tests/planted/run.sh', 'tests/run.sh', 'run_script tests/planted/run.sh'],
    ['sudo ./packaging/test.sh', '.ci/packages', 'packaging/test.sh'],
    ['./tests/databases/write.mjs', 'packaging/test.sh', 'tests/databases/write.mjs'],
    ['./tests/bench/run.sh', 'packaging/test.sh', 'tests/bench/run.sh --quick'],
    ['orderd --help', 'tests/app/command_line_test.cpp', '"--help"'],
    ['orderd import products.csv', 'tests/app/command_line_test.cpp', '"import"'],
    ['orderd export products', 'tests/app/command_line_test.cpp', '"export", "products"'],
    ['orderd export orders', 'tests/app/command_line_test.cpp', '"export", "orders"'],
    ['orderd bench --orders 10000', 'tests/app/bench_test.cpp', '"bench"'],
    ['orderd config', 'tests/app/care_test.cpp', '{"config"}'],
    ['orderd restore', 'tests/app/restore_test.cpp', '"restore"'],
    ['orderd key rotate', 'tests/app/key_rotation_test.cpp', '"rotate"'],
    ['orderd version --verbose', 'tests/app/restore_test.cpp', '"--verbose"'],
    ['orderd check', 'tests/app/care_test.cpp', '{"check"'],
    ['orderd doctor', 'tests/app/care_test.cpp', '"doctor"'],
    ['orderd migrate --rehearse', 'tests/app/care_test.cpp', '"migrate", "--rehearse"'],
];

const failures = [];
let passed = 0;
function hold(what, good, why = '') {
    if (good) {
        ++passed;
    } else {
        failures.push(why ? `${what}: ${why}` : what);
    }
}

const blocks = [...readme.matchAll(/^( *)```sh\n([\s\S]*?)^ *```$/gm)].map(([, margin, text]) =>
    text.split('\n').map(line => line.slice(margin.length)).join('\n'));

// The commands of a block: a line each, but for what a quote or a backslash carries on.
function commandsOf(block) {
    const commands = [];
    let open = '';
    for (const line of block.split('\n')) {
        open += (open ? '\n' : '') + line;
        const quotes = open.replace(/"[^"]*"|'[^']*'/g, '');
        if (!/['"]/.test(quotes) && !/[\\|]$/.test(line)) {
            const command = quotes.includes('#') ? open.replace(/\s+#.*$/, '') : open;
            if (command.trim()) {
                commands.push(command.trim());
            }
            open = '';
        }
    }
    return commands;
}

const spoken = [...readme.replace(/^ *```[\s\S]*?^ *```$/gm, '').matchAll(/`([^`]+)`/g)].map(([, code]) => code.replace(/\s+/g, ' '))
    .filter(code => /^(orderd|sudo|systemctl|systemd-analyze|journalctl|brew|npm|cmake|\.\/\S+\.(sh|mjs)) ?/.test(code))
    .filter(code => /^\.\/|\s/.test(code));

// Blocks of other commands than those are run here: what an installed shop's owner types.
const isElsewhere = command => elsewhere.some(([known]) => known === command);
const toRun = blocks.filter(block => !commandsOf(block).every(isElsewhere));
for (const command of [...blocks.flatMap(commandsOf).filter(command => !toRun.some(block => commandsOf(block).includes(command))),
    ...spoken]) {
    hold(`README: \`${command}\``, isElsewhere(command), 'no test runs it: see tests/readme.mjs');
}
for (const [command, file, words] of elsewhere) {
    const known = blocks.flatMap(commandsOf).includes(command) || spoken.includes(command);
    hold(`\`${command}\``, known, 'tests/readme.mjs knows it, and the README does not');
    hold(`\`${command}\``, existsSync(join(top, file)) && readFileSync(join(top, file), 'utf8').includes(words),
        `${file} does not run it with “${words}”`);
}

// A separate machine for them: folders under a scratch one, and what a package, sudo and systemd would do there.
const scratch = mkdtempSync(join(tmpdir(), 'orderd-readme-'));
const port = await freePort();
const place = (name, text) => writeFileSync(join(scratch, name), text, {mode: 0o755});
for (const folder of ['bin', 'usb', 'backup', 'etc/orderd', 'etc/letsencrypt/live/shop.example.com', 'root', 'data']) {
    mkdirSync(join(scratch, folder), {recursive: true, mode: 0o700});
}
place('bin/sudo', `#!/bin/sh\nwhile [ "$1" = -u ]; do shift 2; done\nexec "$@"\n`);
place('bin/install', `#!/bin/sh
# Without the owner, which only root gives.
set -- "$@" end
while [ "$1" != end ]; do
    case $1 in
        -o | -g) shift ;;
        *) set -- "$@" "$1" ;;
    esac
    shift
done
shift
exec /usr/bin/install "$@"
`);
place('bin/orderd', `#!/bin/sh
[ "$1" = serve ] || exec '${orderd}' "$@"
shift
case $* in *--listen*) ;; *) set -- "$@" --listen 127.0.0.1:${port} ;; esac
! grep -q tls-cert "$ORDERD_CONFIG" || set -- "$@" --redirect-listen 127.0.0.1:0
'${orderd}' serve "$@" >'${scratch}/served' 2>>'${scratch}/log' &
echo $! >'${scratch}/pid'
for i in $(seq 1200); do
    ! grep -q answers '${scratch}/served' || exit 0
    sleep 0.05
done
cat '${scratch}/log' >&2
exit 1
`);
place('bin/systemctl', `#!/bin/sh
stop() {
    kill "$(cat '${scratch}/pid')"
    while kill -0 "$(cat '${scratch}/pid')" 2>/dev/null; do sleep 0.05; done
}
case $1 in
    stop) stop ;;
    start) orderd serve ;;
    restart) stop; orderd serve ;;
    reload) kill -HUP "$(cat '${scratch}/pid')" ;;
    daemon-reload) ;;
    *) exit 1 ;;
esac
`);
place('root/stripe', 'sk_test_readme\n');
writeFileSync(join(scratch, 'etc/orderd/orderd.toml'), `data = "${scratch}/data"\nbackup-dir = "${scratch}/data/backups"\nstripe-url = "http://127.0.0.1:${port}"\n`);

const environment = {
    ...process.env,
    PATH: `${join(scratch, 'bin')}:${process.env.PATH}`,
    ORDERD_CONFIG: join(scratch, 'etc/orderd/orderd.toml'),
    CREDENTIALS_DIRECTORY: join(scratch, 'root'),
    ORDERD_PAYMENT_WAIT_MS: '60000',  // however slow the machine is, a payment's answer is its outcome
};
function shell(script) {
    const {status, stdout, stderr} = spawnSync('bash', ['-euo', 'pipefail', '-c', script],
        {cwd: scratch, env: environment, encoding: 'utf8', timeout: 300_000});
    return {good: status === 0, stdout, said: `${stdout}${stderr}`};
}
// As it stands there, but for where things are. No mail server is there: what it answers is for the tests of mail.
let key = '';
const here = block => block.replaceAll(/127\.0\.0\.1:808[01]/g, `127.0.0.1:${port}`).replaceAll("echo '…'", `echo '${key}'`).replaceAll('/var/lib/orderd', join(scratch, 'data'))
    .replaceAll('smtp.example.com', '127.0.0.1').replaceAll('"port": 587', '"port": 9').replaceAll('/mnt/usb', join(scratch, 'usb'))
    .replaceAll('/mnt/backup', join(scratch, 'backup')).replaceAll('/etc/', join(scratch, 'etc') + '/');
const certify = ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '30', '-subj', '/CN=shop.example.com', '-addext',
    'subjectAltName=DNS:shop.example.com', '-keyout', 'privkey.pem', '-out', 'fullchain.pem'];
spawnSync('openssl', certify, {cwd: join(scratch, 'etc/letsencrypt/live/shop.example.com')});

// First the shop, then what changes nothing of how it is reached; a mail server that does not answer, which the doctor
// would find; and TLS at the end. A variable that a block sets is there for those after it, as it is in a terminal.
const turns = ['PATH=', 'orderd serve --data', 'admin add', 'CUSTOMER=', 'ADA=', 'TOKEN=', 'stripe_secret_key', 'ReadWritePaths', '',
    'smtp_password', 'trusted-proxy', 'letsencrypt', 'systemctl reload'];
const turn = block => {
    const found = turns.findIndex(words => words && block.includes(words));
    return found < 0 ? turns.indexOf('') : found;
};
const settings = join(scratch, 'etc/orderd/orderd.toml');
// What the README says that its quotes cost, by what their blocks have.
const quotes = [
    ['"country": "AT"', /"taxes":\[\{"rate_ppm":200000,"base":2083,"tax":417\},\{"rate_ppm":100000,"base":891,"tax":89\}\].*"total":3480,/],
    ['California', /"tax":181,.*"total":2681,/],
    ['Ground', /"shipping":790,"tax":263,.*"total":3553,/],
    ['SPRING', /"discount":250,.*"tax":180,.*"total":2430,/],
];
try {
    for (const block of toRun.sort((a, b) => turn(a) - turn(b))) {
        const before = readFileSync(settings, 'utf8');
        if (block.includes('TOKEN=')) {
            // It goes on as the service of an installed package.
            shell('systemctl stop && cp -a shop/. data/ && systemctl start');
        }
        const {good, said, stdout} = shell(`. ./before 2>/dev/null || true\n${here(block)}
declare -p TOKEN CUSTOMER ADA >before 2>/dev/null || true`);
        hold(`README: ${block.split('\n')[0]} …`, good && !said.includes('validation_failed'), said);
        if (block.includes('admin add')) {
            hold('the first order', stdout.includes('"status":"pending"'), said);
        } else if (block.includes('TOKEN=')) {
            const [, token] = / TOKEN="(.*)"/.exec(readFileSync(join(scratch, 'before'), 'utf8')) ?? [];
            hold('the token of the README', token?.length > 20, said);
        } else if (block.includes('CUSTOMER=')) {
            hold('the first order is paid', stdout.includes('"status":"succeeded"'), said);
        } else if (block.includes('ADA=')) {
            hold('the first order is shipped', stdout.includes('"status":"in_transit"') && existsSync(join(scratch, 'label.pdf')), said);
        } else if (block.includes('/orders/quote')) {
            const [words, quoted] = quotes.find(([words]) => block.includes(words)) ?? ['', /never/];
            hold(`what the README says of ${words}`, quoted.test(stdout), said);
        } else if (block.startsWith('sudo base64')) {
            key = stdout.trim();
        } else if (block.includes('ReadWritePaths')) {
            const made = shell(`for i in $(seq 1200); do ls backup/orderd/shop-*.db && exit; sleep 0.05; done; exit 1`);
            hold('a backup on another disk', made.good, made.said);
        } else if (block.includes('trusted-proxy')) {
            writeFileSync(settings, before);  // the other way to the outside, TLS of its own, follows
        }
    }
    const asked = shell(`curl -sf --cacert etc/orderd/tls/fullchain.pem --resolve shop.example.com:${port}:127.0.0.1 https://shop.example.com:${port}/healthz`);
    hold('HTTPS at the end of it all', asked.good, asked.said);
    const orders = shell('systemctl stop && orderd check >/dev/null && orderd export orders');
    hold('the first order, after it all', orders.stdout.includes('#1001,'), orders.said);
} finally {
    shell('systemctl stop || true');
    rmSync(scratch, {recursive: true});
}

for (const failure of failures) {
    console.error(`FAILED: ${failure}`);
}
console.log(`${passed} passed, ${failures.length} failed`);
process.exit(failures.length ? 1 : 0);
