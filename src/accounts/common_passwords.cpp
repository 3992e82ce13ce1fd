#include "accounts/common_passwords.h"

#include <algorithm>
#include <array>
#include <limits>

#include "base/text.h"

namespace orderd::accounts {

namespace {

constexpr int kFewParts = 4;        ///< a password with at most so many parts is common
constexpr int kFewPartsClosed = 2;  ///< the same without spaces and signs: p-a-s-s-w-o-r-d
constexpr std::size_t kLeastRun = 3;
constexpr std::size_t kLeastName = 3;

/// Words that are common in passwords, in the languages of the shops that orderd is for.
constexpr auto kWords = std::to_array<std::string_view>(
    {// of passwords
     "password", "passwort", "passwd", "pass", "passe", "pwd", "kennwort", "motdepasse", "contrasena", "clave",
     "secret", "geheim", "secreto", "letmein", "letme", "changeme", "change", "default", "access", "login", "logon",
     "signin", "welcome", "willkommen", "bienvenue", "bienvenido", "hello", "hallo", "bonjour", "hola", "open",
     "sesame", "temp", "trustno", "whatever", "nothing", "test", "testing", "demo", "sample", "example", "guest",
     "gast", "user", "username", "secure", "security", "private", "enter", "unlock", "blank", "admin", "administrator",
     "root", "master", "super",
     // of a shop
     "owner", "staff", "viewer", "manager", "boss", "chef", "shop", "store", "laden", "order", "orders", "orderd",
     "office", "company", "business", "server", "database", "computer", "internet", "system", "service", "sales",
     "money",
     // of feelings
     "love", "lovely", "lover", "iloveyou", "iloveu", "liebe", "ichliebedich", "schatz", "teamo", "amour", "jetaime",
     "baby", "babe", "honey", "angel", "engel", "forever", "friend", "friends", "family", "happy", "lucky", "freedom",
     "peace", "hope", "faith", "jesus", "christ", "god", "heaven", "blessed", "sexy", "fuck", "fuckyou", "asshole",
     // of things and creatures
     "dragon", "monkey", "tiger", "tigger", "lion", "eagle", "falcon", "panther", "wolf", "horse", "puppy", "kitty",
     "buster", "pepper", "ginger", "cookie", "chocolate", "banana", "orange", "cherry", "apple", "cheese", "coffee",
     "butter", "flower", "sunflower", "rose", "sunshine", "sonnenschein", "rainbow", "star", "moon", "summer", "winter",
     "spring", "autumn", "sommer", "herbst", "fruehling", "ete", "hiver", "verano", "invierno", "silver", "golden",
     "diamond", "purple", "yellow", "black", "white", "green", "red", "blue", "snow", "fire", "water", "storm",
     "thunder",
     // of games and heroes
     "football", "fussball", "futbol", "soccer", "baseball", "basketball", "hockey", "tennis", "golf", "ranger",
     "hunter", "killer", "ninja", "shadow", "phantom", "knight", "warrior", "pirate", "wizard", "matrix", "starwars",
     "startrek", "superman", "batman", "spiderman", "pokemon", "pikachu", "naruto", "mustang", "ferrari", "porsche",
     "mercedes", "harley", "princess", "prinzessin", "princesa", "queen", "king", "barbie", "mickey", "snoopy",
     "gandalf", "merlin",
     // of names that many have
     "michael", "michelle", "daniel", "thomas", "jordan", "jessica", "jennifer", "ashley", "nicole", "charlie",
     "andrew", "robert", "george", "joshua", "matthew", "anthony", "maggie", "sophie", "alexander", "sebastian",
     "stefan", "martin", "andrea", "sandra", "claudia", "maria", "anna", "max", "peter", "david", "william", "hannah",
     "samantha", "liverpool", "arsenal", "chelsea", "barcelona", "bayern", "schalke", "madrid", "london", "berlin",
     "paris", "google", "facebook", "samsung", "iphone", "android", "windows", "linux", "microsoft", "amazon",
     // of days
     "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "montag", "dienstag", "mittwoch",
     "donnerstag", "freitag", "samstag", "sonntag", "january", "february", "march", "april", "june", "july", "august",
     "september", "october", "november", "december", "januar", "februar", "maerz", "juni", "juli", "oktober",
     "dezember",
     // small words between them
     "my", "mein", "the", "this", "is", "me", "you", "for", "it"});

/// Sequences on the keyboard and in the alphabet. Any stretch of one counts, in both directions.
constexpr auto kTracks = std::to_array<std::string_view>({"01234567890",
                                                          "abcdefghijklmnopqrstuvwxyz",
                                                          "qwertyuiop",
                                                          "qwertzuiop",
                                                          "azertyuiop",
                                                          "asdfghjkl",
                                                          "qsdfghjklm",
                                                          "zxcvbnm",
                                                          "yxcvbnm",
                                                          "wxcvbn",
                                                          "qwertyuiopasdfghjklzxcvbnm",
                                                          "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik9ol0p",
                                                          "1qayxsw23edcvfr45tgbnhz67ujm",
                                                          "qazwsxedcrfvtgbyhnujmikolp",
                                                          "zaqxswcdevfrbgtnhymju",
                                                          "qweasdzxc",
                                                          "1q2w3e4r5t6y7u8i9o0p",
                                                          "q1w2e3r4t5y6u7i8o9p0",
                                                          "1a2b3c4d5e6f7g8h9i0j",
                                                          "a1b2c3d4e5f6g7h8i9j0",
                                                          "112233445566778899",
                                                          "aabbccddeeffgg",
                                                          "147258369",
                                                          "741852963",
                                                          "159357",
                                                          "!@#$%^&*()",
                                                          "!\"$%&/()="});

std::string reversed(std::string_view text) { return {text.rbegin(), text.rend()}; }

/// Replaces figures by the letters that they often stand for. `one`: the letter for 1 and !.
std::string with_letters(std::string text, char one) {
    constexpr std::string_view kFigures = "0345678@$+";
    constexpr std::string_view kLetters = "oeasgtbast";
    for (auto& c : text) {
        if (const auto at = kFigures.find(c); at != std::string_view::npos) {
            c = kLetters[at];
        } else if (c == '1' || c == '!' || c == '|') {
            c = one;
        }
    }
    return text;
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// A password, folded, and with letters for figures. All have the same length, so that an offset means the
/// same place in each.
struct Readings {
    std::string plain;
    std::array<std::string, 2> lettered;
};

/// The length of the longest stretch from `at` that is part of a track.
std::size_t run_at(std::string_view text, std::size_t at) {
    std::size_t longest = 0;
    for (const auto track : kTracks) {
        for (const auto& way : {std::string(track), reversed(track)}) {
            for (auto size = std::max(longest + 1, kLeastRun); at + size <= text.size(); ++size) {
                if (way.find(text.substr(at, size)) == std::string::npos) {
                    break;
                }
                longest = size;
            }
        }
    }
    return longest;
}

bool is_year(std::string_view text) {
    return text.size() == 4 && std::all_of(text.begin(), text.end(), is_digit) &&
           (text.starts_with("19") || text.starts_with("20"));
}

class Reader {
public:
    Reader(Readings readings, const std::vector<std::string>& words) : readings_(std::move(readings)), words_(words) {}

    /// The fewest parts that make up the whole password.
    int parts() {
        const auto size = readings_.plain.size();
        fewest_.assign(size + 1, std::numeric_limits<int>::max());
        fewest_[0] = 0;
        for (std::size_t at = 0; at < size; ++at) {
            continues_character(at);
            step(at, 1, 1);
            repeats(at);
            for (auto run = run_at(readings_.plain, at); run >= kLeastRun; --run) {
                step(at, run, 1);
            }
            digits(at);
            for (const auto& word : words_) {
                if (reads(at, word)) {
                    step(at, word.size(), 1);
                }
            }
        }
        return fewest_[size];
    }

private:
    void step(std::size_t from, std::size_t size, int parts) {
        auto& there = fewest_[from + size];
        there = std::min(there, fewest_[from] + parts);
    }

    /// Only the first byte of a multi-byte character counts.
    void continues_character(std::size_t at) {
        if ((static_cast<unsigned char>(readings_.plain[at]) & 0xC0U) == 0x80U) {
            step(at, 1, 0);
        }
    }

    void repeats(std::size_t at) {
        const std::string_view text = readings_.plain;
        for (std::size_t size = 1; size <= at && at + size <= text.size(); ++size) {
            if (text.substr(at, size) == text.substr(at - size, size)) {
                step(at, size, 0);
            }
        }
    }

    void digits(std::size_t at) {
        const std::string_view text = readings_.plain;
        if (at + 2 <= text.size() && is_digit(text[at]) && is_digit(text[at + 1])) {
            step(at, 2, 1);
        }
        if (at + 4 <= text.size() && is_year(text.substr(at, 4))) {
            step(at, 4, 1);
        }
    }

    bool reads(std::size_t at, std::string_view word) const {
        if (readings_.plain.compare(at, word.size(), word) == 0) {
            return true;
        }
        return std::any_of(readings_.lettered.begin(), readings_.lettered.end(),
                           [&](const std::string& text) { return text.compare(at, word.size(), word) == 0; });
    }

    const Readings readings_;
    const std::vector<std::string>& words_;
    std::vector<int> fewest_;
};

std::vector<std::string> words_with(const std::vector<std::string>& names) {
    std::vector<std::string> words;
    const auto add = [&](const std::string& word) {
        words.push_back(word);
        words.push_back(reversed(word));
    };
    for (const auto word : kWords) {
        add(std::string(word));
    }
    for (const auto& name : names) {
        std::string closed;
        for (const auto& word : folded_words(name)) {
            if (code_points(word) >= kLeastName) {
                add(word);
            }
        }
        for (const char c : folded(name)) {
            const bool sign = static_cast<unsigned char>(c) < 0x80 && !is_digit(c) && (c < 'a' || c > 'z');
            closed.append(sign ? 0 : 1, c);
        }
        if (code_points(closed) >= kLeastName) {
            add(closed);
        }
    }
    return words;
}

int fewest_parts(const std::string& text, const std::vector<std::string>& words) {
    return Reader({.plain = text, .lettered = {with_letters(text, 'l'), with_letters(text, 'i')}}, words).parts();
}

}  // namespace

int parts_of(std::string_view password, const std::vector<std::string>& names) {
    return fewest_parts(folded(password), words_with(names));
}

bool is_common(std::string_view password, const std::vector<std::string>& names) {
    const auto words = words_with(names);
    const auto text = folded(password);
    std::string closed;
    for (const char c : text) {
        const bool sign = static_cast<unsigned char>(c) < 0x80 && !is_digit(c) && (c < 'a' || c > 'z');
        closed.append(sign ? 0 : 1, c);
    }
    return fewest_parts(text, words) <= kFewParts || fewest_parts(closed, words) <= kFewPartsClosed;
}

}  // namespace orderd::accounts
