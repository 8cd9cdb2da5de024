// Preloaded into the program under test: makes the Nth call of one kind fail, in the program and in
// its libraries alike.
//
//   FAULT_CALL   malloc, open, read, write, fsync, truncate, rename, remove, close, stat, list,
//   mmap: with
//                their kin, as pwrite64 is a write, and for what stdio writes by itself
//   FAULT_AT     which call, counted from 1; 0: none, only count
//   FAULT_EVERY  1: that call and all after it
//   FAULT_ERROR  the errno; 0 with read and write: half of what was asked
//   FAULT_COUNT  the file that takes the number of calls at the end
//   FAULT_CALLER the file that takes, when the first call fails, which library made it
//   FAULT_HASTE  the clock runs N times as fast, for what only waiting shows
#include <atomic>
#include <cerrno>
#include <cstdarg>
#include <cstdio>
#include <cstdlib>
#include <cstring>

#include <dirent.h>
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

/// Without any call of the C library that may fail here.
void leave(const char* path, const char* text, std::size_t length) {
    if (path != nullptr) {
        const long file = syscall(SYS_openat, AT_FDCWD, path, O_WRONLY | O_CREAT | O_TRUNC, 0644);
        syscall(SYS_write, file, text, length);
        syscall(SYS_close, file);
    }
}

bool fails(const char* call, const void* caller) {
    if (!ready || std::strcmp(call, wanted) != 0) {
        return false;
    }
    const long now = ++calls;
    if (at == 0 || now < at || (now > at && !every)) {
        return false;
    }
    Dl_info found;
    if (now == at && dladdr(caller, &found) != 0) {
        leave(std::getenv("FAULT_CALLER"), found.dli_fname, std::strlen(found.dli_fname));
    }
    return true;
}

/// To be asked in the function that takes the place of the C library's.
#define FAILS(call) fails(call, __builtin_return_address(0))

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
    char digits[24];
    std::size_t first = sizeof digits;
    long rest = calls;
    do {
        digits[--first] = static_cast<char>('0' + rest % 10);
        rest /= 10;
    } while (rest != 0);
    leave(std::getenv("FAULT_COUNT"), digits + first, sizeof digits - first);
}

/// Whether a call is one that only has to be tried again; stdio does not.
bool is_harmless() {
    return error_number == 0 || error_number == EINTR;
}

mode_t mode_in(int flags, va_list rest) {
    const bool creates = (flags & O_CREAT) != 0 || (flags & O_TMPFILE) == O_TMPFILE;
    return creates ? static_cast<mode_t>(va_arg(rest, unsigned)) : 0;
}

int opened(bool fault, int folder, const char* path, int flags, mode_t mode) {
    return fault ? failed() : static_cast<int>(syscall(SYS_openat, folder, path, flags, mode));
}

/// A call that takes or gives `size` bytes, all or half of them, or fails.
template <class Call>
ssize_t transfer(bool fault, std::size_t size, Call call) {
    if (fault && error_number != 0) {
        return failed();
    }
    return call(fault && size > 1 ? size / 2 : size);
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
    return FAILS("malloc") ? (errno = ENOMEM, nullptr) : __libc_malloc(size);
}

void* calloc(std::size_t count, std::size_t size) noexcept {
    return FAILS("malloc") ? (errno = ENOMEM, nullptr) : __libc_calloc(count, size);
}

void* realloc(void* held, std::size_t size) noexcept {
    return FAILS("malloc") ? (errno = ENOMEM, nullptr) : __libc_realloc(held, size);
}

int open(const char* path, int flags, ...) {
    va_list rest;
    va_start(rest, flags);
    const mode_t mode = mode_in(flags, rest);
    va_end(rest);
    return opened(FAILS("open"), AT_FDCWD, path, flags, mode);
}

int open64(const char* path, int flags, ...) {
    va_list rest;
    va_start(rest, flags);
    const mode_t mode = mode_in(flags, rest);
    va_end(rest);
    return opened(FAILS("open"), AT_FDCWD, path, flags, mode);
}

int openat(int folder, const char* path, int flags, ...) {
    va_list rest;
    va_start(rest, flags);
    const mode_t mode = mode_in(flags, rest);
    va_end(rest);
    return opened(FAILS("open"), folder, path, flags, mode);
}

int openat64(int folder, const char* path, int flags, ...) {
    va_list rest;
    va_start(rest, flags);
    const mode_t mode = mode_in(flags, rest);
    va_end(rest);
    return opened(FAILS("open"), folder, path, flags, mode);
}

// What a hardened build calls where no mode is given.
int __open_2(const char* path, int flags) {
    return opened(FAILS("open"), AT_FDCWD, path, flags, 0);
}

int __open64_2(const char* path, int flags) {
    return opened(FAILS("open"), AT_FDCWD, path, flags, 0);
}

ssize_t read(int file, void* into, std::size_t size) {
    return transfer(FAILS("read"), size,
                    [&](std::size_t some) { return syscall(SYS_read, file, into, some); });
}

ssize_t write(int file, const void* from, std::size_t size) {
    return transfer(FAILS("write"), size,
                    [&](std::size_t some) { return syscall(SYS_write, file, from, some); });
}

ssize_t pread(int file, void* into, std::size_t size, off_t at_byte) {
    return transfer(FAILS("read"), size, [&](std::size_t some) {
        return syscall(SYS_pread64, file, into, some, at_byte);
    });
}

ssize_t pread64(int file, void* into, std::size_t size, off_t at_byte) {
    return transfer(FAILS("read"), size, [&](std::size_t some) {
        return syscall(SYS_pread64, file, into, some, at_byte);
    });
}

ssize_t pwrite(int file, const void* from, std::size_t size, off_t at_byte) {
    return transfer(FAILS("write"), size, [&](std::size_t some) {
        return syscall(SYS_pwrite64, file, from, some, at_byte);
    });
}

ssize_t pwrite64(int file, const void* from, std::size_t size, off_t at_byte) {
    return transfer(FAILS("write"), size, [&](std::size_t some) {
        return syscall(SYS_pwrite64, file, from, some, at_byte);
    });
}

// Standard output and error: stdio writes by itself.
std::size_t fwrite(const void* from, std::size_t size, std::size_t count, FILE* stream) {
    if (!is_harmless() && FAILS("write")) {
        failed();
        return 0;
    }
    return next<std::size_t (*)(const void*, std::size_t, std::size_t, FILE*)>("fwrite")(
        from, size, count, stream);
}

int fflush(FILE* stream) {
    return !is_harmless() && FAILS("write") ? (failed(), EOF)
                                            : next<int (*)(FILE*)>("fflush")(stream);
}

int fsync(int file) {
    return FAILS("fsync") ? failed() : static_cast<int>(syscall(SYS_fsync, file));
}

int fdatasync(int file) {
    return FAILS("fsync") ? failed() : static_cast<int>(syscall(SYS_fdatasync, file));
}

int ftruncate(int file, off_t size) noexcept {
    return FAILS("truncate") ? failed() : static_cast<int>(syscall(SYS_ftruncate, file, size));
}

int ftruncate64(int file, off_t size) noexcept {
    return FAILS("truncate") ? failed() : static_cast<int>(syscall(SYS_ftruncate, file, size));
}

int rename(const char* from, const char* to) noexcept {
    return FAILS("rename")
               ? failed()
               : static_cast<int>(syscall(SYS_renameat2, AT_FDCWD, from, AT_FDCWD, to, 0));
}

int unlink(const char* path) noexcept {
    return FAILS("remove") ? failed() : static_cast<int>(syscall(SYS_unlinkat, AT_FDCWD, path, 0));
}

int close(int file) {
    const bool fault = FAILS("close");  // what fails to close is closed all the same
    const int result = static_cast<int>(syscall(SYS_close, file));
    return fault ? failed() : result;
}

int stat(const char* path, struct stat* status) noexcept {
    return FAILS("stat") ? failed()
                         : next<int (*)(const char*, struct stat*)>("stat")(path, status);
}

int lstat(const char* path, struct stat* status) noexcept {
    return FAILS("stat") ? failed()
                         : next<int (*)(const char*, struct stat*)>("lstat")(path, status);
}

int stat64(const char* path, struct stat64* status) noexcept {
    return FAILS("stat") ? failed()
                         : next<int (*)(const char*, struct stat64*)>("stat64")(path, status);
}

int lstat64(const char* path, struct stat64* status) noexcept {
    return FAILS("stat") ? failed()
                         : next<int (*)(const char*, struct stat64*)>("lstat64")(path, status);
}

int fstat(int file, struct stat* status) noexcept {
    return FAILS("stat") ? failed() : next<int (*)(int, struct stat*)>("fstat")(file, status);
}

int fstat64(int file, struct stat64* status) noexcept {
    return FAILS("stat") ? failed() : next<int (*)(int, struct stat64*)>("fstat64")(file, status);
}

DIR* opendir(const char* path) {
    return FAILS("list") ? (failed(), nullptr) : next<DIR* (*)(const char*)>("opendir")(path);
}

dirent* readdir(DIR* folder) {
    return FAILS("list") ? (failed(), nullptr) : next<dirent* (*)(DIR*)>("readdir")(folder);
}

dirent64* readdir64(DIR* folder) {
    return FAILS("list") ? (failed(), nullptr) : next<dirent64* (*)(DIR*)>("readdir64")(folder);
}

void* mmap(void* start, std::size_t size, int protection, int flags, int file,
           off_t offset) noexcept {
    if (file >= 0 && FAILS("mmap")) {
        failed();
        return MAP_FAILED;
    }
    return reinterpret_cast<void*>(syscall(SYS_mmap, start, size, protection, flags, file, offset));
}

void* mmap64(void* start, std::size_t size, int protection, int flags, int file,
             off_t offset) noexcept {
    if (file >= 0 && FAILS("mmap")) {
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
