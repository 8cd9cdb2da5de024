// Linked into a copy of the program: the locale of the environment holds before main runs, for C
// and for C++, as a library or an embedding program may set it. Whatever still asks the locale
// shows up as another digest.
#include <clocale>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <locale>

namespace {

bool take_locale() {
    try {
        std::locale::global(std::locale(""));
    } catch (const std::exception&) {
        std::fputs("the locale of LC_ALL does not exist\n", stderr);
        std::abort();
    }
    return std::setlocale(LC_ALL, "") != nullptr;
}

[[maybe_unused]] const bool taken = take_locale();

}  // namespace
