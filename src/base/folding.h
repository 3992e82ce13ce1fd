#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace orderd {

/// The form in which identifiers such as SKUs are compared: NFKC, case-folded, without characters that
/// nobody sees (Unicode's default ignorables: zero-width letters, soft hyphens), each run of spaces as one, none
/// at either end. "É1", "é1", "ｅ\u0301１" and "É\u200B1" are the same; letters of different scripts that look alike
/// (Latin A, Cyrillic А) are not. Empty if there is nothing to be seen in it.
///
/// @throws std::invalid_argument if it is not well-formed UTF-8
std::string identifier_key(std::string_view text);

/// The form in which texts are searched and sorted: as identifier_key(), but spaces are kept, and letters of Latin,
/// Greek, Cyrillic, Hebrew and Arabic lose their accents: "Öl", "öl" and "Ol" are the same, and so are "Størrelse" and
/// "storrelse". Signs that make other letters in other scripts stay: of kana, Hangul, Devanagari, Thai.
///
/// @throws std::invalid_argument if it is not well-formed UTF-8
std::string search_form(std::string_view text);

/// The form of a text in the address of a page: as search_form(), with letters and digits of any script, one dash for
/// all that is between them, and no more than `most` code points. "Öl für Käse!" becomes "ol-fur-kase". Empty if there
/// are no letters and digits in it.
///
/// @throws std::invalid_argument if it is not well-formed UTF-8
std::string handle_form(std::string_view text, std::size_t most = 100);

// What an index of words is made of, and asked. East Asian scripts put no spaces between words, and signs such as "&" are
// part of none: in the index each of their characters is a word of its own. All of these take what search_form() returned.

/// A text for the index: as it is, but each East Asian letter and each sign stands alone between spaces. A sign is written
/// as a letter for private use, which others may share: the index would leave the sign itself out.
std::string words_apart(std::string_view text);

/// Of a text, the East Asian letters and the signs alone, each once, in the form that words_apart() has.
std::string single_words(std::string_view text);

/// Whether a word of the text begins with `beginning`, which is not empty and has letters and digits of alphabets alone.
bool has_beginning(std::string_view text, std::string_view beginning);

}  // namespace orderd
