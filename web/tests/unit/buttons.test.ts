import { readdirSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";
import { expect, test } from "vitest";

// What sends something to the server is pressed through ui/button.tsx or a form, which are off while they send: this
// reads every screen, so that none of them has its own button for it, and no number that is typed is read by
// JavaScript.

const root = fileURLToPath(new URL("../../src", import.meta.url));

function sources(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory()
      ? sources(join(folder, entry.name))
      : /\.tsx?$/.test(entry.name)
        ? [join(folder, entry.name)]
        : [],
  );
}

const files = sources(root);
const options = ts.parseJsonConfigFileContent(
  ts.readConfigFile(join(root, "../tsconfig.json"), ts.sys.readFile).config,
  ts.sys,
  dirname(root),
).options;
const program = ts.createProgram(files, options);
const checker = program.getTypeChecker();

const isPromise = (type: ts.Type) =>
  type.symbol?.name === "Promise" || (type.isUnion() && type.types.some((each) => each.symbol?.name === "Promise"));

/** Reading anew changes nothing: whoever presses that twice reads twice. */
const onlyReads = (call: ts.Expression) =>
  /\b(reload|writeText|go|again|refresh|leave)\(/.test(call.getText()) || /^(again|refresh)$/.test(call.getText());

/** Whether a handler begins something that takes time, and may send. */
function begins(handler: ts.Expression): boolean {
  const signature = checker.getTypeAtLocation(handler).getCallSignatures()[0];
  if (signature && isPromise(checker.getReturnTypeOfSignature(signature)) && !onlyReads(handler)) return true;
  let found = false;
  const look = (node: ts.Node): void => {
    if (ts.isCallExpression(node) && isPromise(checker.getTypeAtLocation(node)) && !onlyReads(node)) found = true;
    else ts.forEachChild(node, look);
  };
  look(handler);
  return found;
}

function buttons(file: ts.SourceFile, found: (where: string, handler: ts.Expression) => void): void {
  const look = (node: ts.Node): void => {
    if (
      (ts.isJsxOpeningElement(node) || ts.isJsxSelfClosingElement(node)) &&
      /^(button|a|input|select)$/.test(node.tagName.getText())
    ) {
      for (const attribute of node.attributes.properties) {
        if (!ts.isJsxAttribute(attribute) || !/^on(Click|PointerDown)$/.test(attribute.name.getText())) continue;
        const value = attribute.initializer;
        const line = file.getLineAndCharacterOfPosition(node.getStart()).line + 1;
        if (value && ts.isJsxExpression(value) && value.expression)
          found(`${relative(root, file.fileName)}:${line}`, value.expression);
      }
    }
    ts.forEachChild(node, look);
  };
  look(file);
}

test("D3: no screen has a button of its own that sends: all are the shared one, which is off while it does", () => {
  const wrong: string[] = [];
  let seen = 0;
  for (const name of files.filter(
    (file) => /[\\/](screens|ui)[\\/]|shell|app\.tsx/.test(file) && !file.endsWith("ui/button.tsx"),
  )) {
    buttons(program.getSourceFile(name)!, (where, handler) => {
      seen++;
      if (begins(handler)) wrong.push(`${where} ${handler.getText().replace(/\s+/g, " ").slice(0, 100)}`);
    });
  }
  expect(seen).toBeGreaterThan(30);
  expect(wrong).toEqual([]);
}, 120_000);

test("S1: what is typed is read by text/, and by nothing else", () => {
  const wrong: string[] = [];
  for (const name of files.filter((file) => /[\\/](screens|ui)[\\/]/.test(file))) {
    const file = program.getSourceFile(name)!;
    const look = (node: ts.Node): void => {
      const line = () =>
        `${relative(root, name)}:${file.getLineAndCharacterOfPosition(node.getStart()).line + 1} ${node.getText().slice(0, 80)}`;
      if (ts.isCallExpression(node)) {
        const called = node.expression.getText();
        const of = node.arguments[0]?.getText() ?? "";
        if (/^(Number\.)?parse(Int|Float)$/.test(called)) wrong.push(line());
        // An id out of an address or a list of choices was not typed.
        if (
          called === "Number" &&
          !/^values\.id$|hand_over_to|keys_to|error\.body|\.fault ===|fault === ""|\.done$|values\.days|currentTarget\.value/.test(
            of,
          )
        )
          wrong.push(line());
      }
      if (ts.isJsxAttribute(node) && node.name.getText() === "type" && node.initializer?.getText() === '"number"')
        wrong.push(line());
      ts.forEachChild(node, look);
    };
    look(file);
  }
  expect(wrong).toEqual([]);
});
