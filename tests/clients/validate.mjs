// What linters and validators of OpenAPI 3.1 say about a document. No rule is off; what one says wrongly is listed here.
import {validate as validateByReadme} from '@readme/openapi-parser';
import {createConfig, lintFromString} from '@redocly/openapi-core';
import {Validator} from '@seriousme/openapi-schema-validator';
import spectralCore from '@stoplight/spectral-core';
import spectralRulesets from '@stoplight/spectral-rulesets';

/** Rules that are wrong for one place of the document: the place, and why. */
const kWrongHere = {
    'operation-2xx-response #/paths/~1basket/post/responses': 'a page\'s form leads on: 303 is its success',
    'no-ambiguous-paths #/paths/~1admin~1inventory~1deliveries~1{id}': 'an {id} is a number, and "deliveries" is none',
    'no-ambiguous-paths #/paths/~1admin~1inventory~1{id}~1pictures': 'the same',
};

async function byRedocly(document) {
    const config = await createConfig({extends: ['recommended']});
    const found = await lintFromString({source: JSON.stringify(document), absoluteRef: '/openapi.json', config});
    return found.map(({ruleId, location: [{pointer}], message}) => ({at: `${ruleId} ${pointer}`, message}));
}

async function bySpectral(document) {
    const spectral = new spectralCore.Spectral();
    spectral.setRuleset({extends: [spectralRulesets.oas]});
    return (await spectral.run(document)).map(({code, path, message}) => ({at: `${code} ${path.join('/')}`, message}));
}

async function byReadme(document) {
    const {valid, errors, warnings} = await validateByReadme(structuredClone(document));
    return [...(valid ? [] : errors), ...warnings].map(({message}) => ({at: '', message}));
}

async function bySeriousme(document) {
    const validator = new Validator();
    const {valid, errors} = await validator.validate(structuredClone(document));
    const faults = valid ? [] : [errors].flat().map(it => ({at: it.instancePath ?? '', message: it.message ?? String(it)}));
    return validator.version === '3.1' ? faults : [...faults, {at: 'openapi', message: `it is read as ${validator.version}`}];
}

const kBy = {redocly: byRedocly, spectral: bySpectral, '@readme/openapi-parser': byReadme, '@seriousme/openapi-schema-validator': bySeriousme};

/** Tells `expect` what each of them finds, and what is in kWrongHere for nothing. */
export async function validate(document, expect) {
    const excused = new Set();
    for (const [name, by] of Object.entries(kBy)) {
        const found = (await by(document)).filter(({at}) => !kWrongHere[at] || !excused.add(at));
        expect(found.length === 0, `${name} finds nothing`, found.slice(0, 40).map(({at, message}) => `${at}: ${message}`).join('\n'));
    }
    const stale = Object.keys(kWrongHere).filter(at => !excused.has(at));
    expect(stale.length === 0, 'what is excused is found', stale.join('\n'));
}
