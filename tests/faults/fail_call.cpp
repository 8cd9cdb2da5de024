// Preloaded into the program under test: makes the Nth call of one kind fail, in the program and in
// its libraries alike.
//
//   FAULT_CALL   malloc, open, read, write, fsync, rename, close, stat, mmap
//   FAULT_AT     which call, counted from 1; 0: none, only count
//   FAULT_EVERY  1: that call and all after it
//   FAULT_ERROR  the errno; 0 with read and write: half of what was asked
//   FAULT_COUNT  the file that takes the number of calls at the end
//   FAULT_HASTE  the clock runs N times as fast, for what only waiting shows
#include <atomic>
#include <cerrno>
#include <cstdarg>
#include <cstdlib>
#include <cstring>

#include <dlfcn.h>
#include <fcntl.h>
#include <pthread.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

extern "C" {

void* __libc_malloc(std::size_t size);
void* __libc_calloc(std::size_t count, std::size_t size);
void* __libc_realloc(void* held, std::size_t size);
}

namespace {

const char* wanted = nullptr;
long at = 0;
bool every = false;
int error_number = 0;
long haste = 0;
std::atomic<long> calls{0};
std::atomic<bool> ready{false};

bool fails(const char* call) {
    if (!ready || std::strcmp(call, wanted) != 0) {
        return false;
    }
    const long now = ++calls;
    return at != 0 && (now == at || (every && now > at));
}

/// -1 with the wanted errno.
int failed() {
    errno = error_number;
    return -1;
}

long number_of(const char* name) {
    const char* text = std::getenv(name);
    return text == nullptr ? 0 : std::atol(text);
}

[[gnu::constructor(101)]] void begin() {
    wanted = std::getenv("FAULT_CALL");
    at = number_of("FAULT_AT");
    every = number_of("FAULT_EVERY") != 0;
    error_number = static_cast<int>(number_of("FAULT_ERROR"));
    haste = number_of("FAULT_HASTE");
    ready = wanted != nullptr;
}

[[gnu::destructor]] void end() {
    ready = false;
    const char* path = std::getenv("FAULT_COUNT");
    if (path == nullptr) {
        return;
    }
    char digits[24];
    std::size_t first = sizeof digits;
    long rest = calls;
    do {
        digits[--first] = static_cast<char>('0' + rest % 10);
        rest /= 10;
    } while (rest != 0);
    const long file = syscall(SYS_openat, AT_FDCWD, path, O_WRONLY | O_CREAT | O_TRUNC, 0644);
    syscall(SYS_write, file, digits + first, sizeof digits - first);
    syscall(SYS_close, file);
}

int open_or_fail(int folder, const char* path, int flags, va_list rest) {
    const mode_t mode = (flags & O_CREAT) != 0 ? static_cast<mode_t>(va_arg(rest, unsigned)) : 0;
    return fails("open") ? failed()
                         : static_cast<int>(syscall(SYS_openat, folder, path, flags, mode));
}

constexpr long long second = 1'000'000'000;

long long nanoseconds(const timespec& time) {
    return time.tv_sec * second + time.tv_nsec;
}

timespec from_nanoseconds(long long time) {
    return {static_cast<time_t>(time / second), static_cast<long>(time % second)};
}

/// The C library's own, behind this one.
template <class Call>
Call next(const char* name) {
    return reinterpret_cast<Call>(dlsym(RTLD_NEXT, name));
}

}  // namespace

// The program ends by this, without what is to be done at the end of a process.
extern "C" void _exit(int code) {
    end();
    syscall(SYS_exit_group, code);
    __builtin_unreachable();
}

extern "C" {

void* malloc(std::size_t size) noexcept {
    return fails("malloc") ? (errno = ENOMEM, nullptr) : __libc_malloc(size);
}

void* calloc(std::size_t count, std::size_t size) noexcept {
    return fails("malloc") ? (errno = ENOMEM, nullptr) : __libc_calloc(count, size);
}

void* realloc(void* held, std::size_t size) noexcept {
    return fails("malloc") ? (errno = ENOMEM, nullptr) : __libc_realloc(held, size);
}

int open(const char* path, int flags, ...) {
    va_list rest;
    va_start(rest, flags);
    const int file = open_or_fail(AT_FDCWD, path, flags, rest);
    va_end(rest);
    return file;
}

int openat(int folder, const char* path, int flags, ...) {
    va_list rest;
    va_start(rest, flags);
    const int file = open_or_fail(folder, path, flags, rest);
    va_end(rest);
    return file;
}

ssize_t read(int file, void* into, std::size_t size) {
    if (fails("read")) {
        if (error_number != 0) {
            return failed();
        }
        size = size > 1 ? size / 2 : size;
    }
    return syscall(SYS_read, file, into, size);
}

ssize_t write(int file, const void* from, std::size_t size) {
    if (fails("write")) {
        if (error_number != 0) {
            return failed();
        }
        size = size > 1 ? size / 2 : size;
    }
    return syscall(SYS_write, file, from, size);
}

int fsync(int file) {
    return fails("fsync") ? failed() : static_cast<int>(syscall(SYS_fsync, file));
}

int rename(const char* from, const char* to) noexcept {
    return fails("rename")
               ? failed()
               : static_cast<int>(syscall(SYS_renameat2, AT_FDCWD, from, AT_FDCWD, to, 0));
}

int close(int file) {
    const bool fault = fails("close");  // what fails to close is closed all the same
    const int result = static_cast<int>(syscall(SYS_close, file));
    return fault ? failed() : result;
}

int stat(const char* path, struct stat* status) noexcept {
    return fails("stat") ? failed()
                         : next<int (*)(const char*, struct stat*)>("stat")(path, status);
}

int fstat(int file, struct stat* status) noexcept {
    return fails("stat") ? failed() : next<int (*)(int, struct stat*)>("fstat")(file, status);
}

void* mmap(void* start, std::size_t size, int protection, int flags, int file,
           off_t offset) noexcept {
    if (file >= 0 && fails("mmap")) {
        failed();
        return MAP_FAILED;
    }
    return reinterpret_cast<void*>(syscall(SYS_mmap, start, size, protection, flags, file, offset));
}

int clock_gettime(clockid_t clock, timespec* time) noexcept {
    const auto result = static_cast<int>(syscall(SYS_clock_gettime, clock, time));
    if (haste > 1 && clock == CLOCK_MONOTONIC && result == 0) {
        *time = from_nanoseconds(nanoseconds(*time) * haste);
    }
    return result;
}

int pthread_cond_clockwait(pthread_cond_t* condition, pthread_mutex_t* mutex, clockid_t clock,
                           const timespec* until) {
    using Wait = int (*)(pthread_cond_t*, pthread_mutex_t*, clockid_t, const timespec*);
    const bool fast = haste > 1 && clock == CLOCK_MONOTONIC;
    const timespec sooner = fast ? from_nanoseconds(nanoseconds(*until) / haste) : *until;
    return next<Wait>("pthread_cond_clockwait")(condition, mutex, clock, &sooner);
}
}
