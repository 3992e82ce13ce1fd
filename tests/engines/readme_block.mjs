// What the README says, as it stands there: tests follow it to the letter.
import {readFileSync} from 'node:fs';
import {dirname, join, resolve} from 'node:path';
import {fileURLToPath} from 'node:url';

const top = resolve(dirname(fileURLToPath(import.meta.url)), '../..');

/** The contents of the file NAME, which the README shows in a block that begins with its name in a comment. */
export function readmeBlock(name) {
    const readme = readFileSync(join(top, 'README.md'), 'utf8');
    for (const [, block] of readme.matchAll(/^```\w*\n(.*?)^```/gms)) {
        if (block.split('\n', 1)[0].includes(name)) {
            return block;
        }
    }
    throw new Error(`the README shows no ${name}`);
}
