// Writes the C++ source behind src/base/embedded.h and src/base/zone_data.h: schema.sql, the font of labels, the time zones, the templates of
// src/*/templates/, the languages of src/base/languages/, the guides of src/api/guides/, the words of
// src/api/operations/, the demo's pictures, and the dashboard's files, as they are and compressed.
//
//   node embed.mjs OUTPUT.cpp SCHEMA.sql FONT.ttf ZONEINFO_FOLDER SOURCE_FOLDER PICTURES_FOLDER [WEB_FOLDER]
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, extname, join, relative, sep } from "node:path";
import { brotliCompressSync, constants, deflateSync, gzipSync } from "node:zlib";

const [output, schema, font, zoneFolder, sourceFolder, pictureFolder, webFolder] = process.argv.slice(2);

const contentTypes = {
  ".css": "text/css; charset=utf-8",
  ".html": "text/html; charset=utf-8",
  ".ico": "image/x-icon",
  ".jpg": "image/jpeg",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json",
  ".map": "application/json",
  ".png": "image/png",
  ".svg": "image/svg+xml",
  ".txt": "text/plain; charset=utf-8",
  ".webmanifest": "application/manifest+json",
  ".webp": "image/webp",
  ".woff2": "font/woff2",
};

function filesUnder(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    return entry.isDirectory() ? filesUnder(path) : [path];
  });
}

// One octal escape a byte: it needs no look at what follows, and compilers read it fast.
const octal = Array.from({ length: 256 }, (_, byte) => "\\" + byte.toString(8).padStart(3, "0"));

function literal(bytes) {
  if (bytes.length === 0) return "std::string_view{}";
  const lines = [];
  for (let at = 0; at < bytes.length; at += 64) {
    lines.push('"' + Array.from(bytes.subarray(at, at + 64), (byte) => octal[byte]).join("") + '"');
  }
  return `std::string_view{\n${lines.join("\n")},\n${bytes.length}}`;
}

const smaller = (compressed, identity) => (compressed.length < identity.length ? compressed : Buffer.alloc(0));

const entries = (webFolder ? filesUnder(webFolder) : [])
  .map((file) => ({ file, path: relative(webFolder, file).split(sep).join("/") }))
  .sort((a, b) => (a.path < b.path ? -1 : 1))
  .map(({ file, path }) => {
    const contentType = contentTypes[extname(path)];
    if (!contentType) throw new Error(`${path}: add the content type of ${extname(path)} files to embed.mjs`);
    const identity = readFileSync(file);
    const etag = `"${createHash("sha256").update(identity).digest("hex").slice(0, 32)}"`;
    const gzip = smaller(gzipSync(identity, { level: 9 }), identity);
    const brotli = smaller(
      brotliCompressSync(identity, {
        params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: identity.length },
      }),
      identity,
    );
    return `{${[path, contentType, etag].map((text) => JSON.stringify(text)).join(", ")},
${[identity, gzip, brotli].map(literal).join(",\n")}}`;
  });

// A zone's file begins with a table of 32-bit times (RFC 8536, section 3.1), which repeats the part after it for older
// readers: only its header stays, with counts of 0.
function withoutOldTable(file) {
  const [universal, standard, leaps, changes, clocks, letters] = [20, 24, 28, 32, 36, 40].map((at) =>
    file.readUInt32BE(at),
  );
  const rest = file.subarray(44 + changes * 5 + clocks * 6 + letters + leaps * 8 + standard + universal);
  const header = Buffer.from(rest.subarray(0, 44));
  header.fill(0, 20);
  return Buffer.concat([header, rest]);
}

// By name. Many names are of one zone: its file is there once.
const zoneFiles = new Map();
const zones = filesUnder(zoneFolder)
  .map((file) => ({ file, name: relative(zoneFolder, file).split(sep).join("/") }))
  .filter(({ name }) => !/^(posix|right)\/|^(posixrules|localtime|Factory)$|[^\w/+-]/.test(name))
  .map(({ file, name }) => ({ name, content: readFileSync(file) }))
  .filter(({ content }) => content.subarray(0, 4).toString() === "TZif" && content[4] >= 0x32)
  .sort((a, b) => (a.name < b.name ? -1 : 1))
  .map(({ name, content }) => {
    const slim = withoutOldTable(content);
    const key = slim.toString("latin1");
    if (!zoneFiles.has(key)) zoneFiles.set(key, { at: zoneFiles.size, slim });
    return `{${JSON.stringify(name)}, &kZoneFiles[${zoneFiles.get(key).at}]}`;
  });
if (zones.length < 300) throw new Error(`${zoneFolder} has ${zones.length} time zones: install tzdata`);

const templates = readdirSync(sourceFolder)
  .map((department) => join(sourceFolder, department, "templates"))
  .filter((folder) => existsSync(folder))
  .flatMap(filesUnder)
  .sort((a, b) => (basename(a) < basename(b) ? -1 : 1))
  .map((file, at, all) => {
    if (at > 0 && basename(all[at - 1]) === basename(file)) throw new Error(`${file}: another template has its name`);
    return `{${JSON.stringify(basename(file))},\n${literal(readFileSync(file))}}`;
  });

const languageFolder = join(sourceFolder, "base", "languages");
const languages = readdirSync(languageFolder)
  .sort()
  .map((file) => `{${JSON.stringify(basename(file, ".txt"))},\n${literal(readFileSync(join(languageFolder, file)))}}`);

const guideFolder = join(sourceFolder, "api", "guides");
const guides = readdirSync(guideFolder)
  .sort()
  .map((file) => `{${JSON.stringify(basename(file, ".html"))},\n${literal(readFileSync(join(guideFolder, file)))}}`);

const operationFolder = join(sourceFolder, "api", "operations");
const operations = Buffer.concat(
  readdirSync(operationFolder)
    .sort()
    .flatMap((file) => [readFileSync(join(operationFolder, file)), Buffer.from("\n")]),
);

const pictures = readdirSync(pictureFolder)
  .filter((file) => extname(file) === ".png")
  .sort()
  .map((file) => `{${JSON.stringify(basename(file, ".png"))},\n${literal(readFileSync(join(pictureFolder, file)))}}`);

writeFileSync(
  output,
  `#include "base/embedded.h"
#include "base/zone_data.h"

#include <algorithm>
#include <array>

namespace orderd::embedded {
namespace {

// Ordered by path.
constexpr std::array<File, ${entries.length}> kFiles{{
${entries.join(",\n")}
}};

constexpr std::array<Deflated, ${zoneFiles.size}> kZoneFiles{{
${[...zoneFiles.values()].map(({ slim }) => `{${slim.length}, ${literal(deflateSync(slim, { level: 9 }))}}`).join(",\n")}
}};

struct Zone {
    std::string_view name;
    const Deflated* file;
};

// Ordered by name.
constexpr std::array<Zone, ${zones.length}> kZones{{
${zones.join(",\n")}
}};

// Ordered by name.
constexpr std::array<Template, ${templates.length}> kTemplates{{
${templates.join(",\n")}
}};

// Ordered by code.
constexpr std::array<LanguageFile, ${languages.length}> kLanguages{{
${languages.join(",\n")}
}};

// Ordered by name.
constexpr std::array<Guide, ${guides.length}> kGuides{{
${guides.join(",\n")}
}};

// Ordered by SKU.
constexpr std::array<Picture, ${pictures.length}> kPictures{{
${pictures.join(",\n")}
}};

}  // namespace

std::string_view schema_sql() {
    return ${literal(readFileSync(schema))};
}

Deflated label_font() {
    return {${readFileSync(font).length}, ${literal(deflateSync(readFileSync(font), { level: 9 }))}};
}

Deflated operation_words() {
    return {${operations.length}, ${literal(deflateSync(operations, { level: 9 }))}};
}

Deflated time_zone(std::string_view name) {
    const auto found = std::lower_bound(kZones.begin(), kZones.end(), name,
                                        [](const Zone& zone, std::string_view wanted) { return zone.name < wanted; });
    return found != kZones.end() && found->name == name ? *found->file : Deflated{};
}

const File* web_file(std::string_view path) {
    const auto found = std::lower_bound(kFiles.begin(), kFiles.end(), path,
                                        [](const File& file, std::string_view wanted) { return file.path < wanted; });
    return found != kFiles.end() && found->path == path ? &*found : nullptr;
}

std::span<const Template> templates() { return kTemplates; }

std::span<const LanguageFile> languages() { return kLanguages; }

std::span<const Guide> guides() { return kGuides; }

std::span<const Picture> demo_pictures() { return kPictures; }

const Template* find_template(std::string_view name) {
    const auto found = std::lower_bound(kTemplates.begin(), kTemplates.end(), name,
                                        [](const Template& it, std::string_view wanted) { return it.name < wanted; });
    return found != kTemplates.end() && found->name == name ? &*found : nullptr;
}

}  // namespace orderd::embedded
`,
);
