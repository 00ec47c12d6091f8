/* kill_shim: preloaded into the program, it makes one of the mistakes that being killed brings to
 * light. PLANT says which: "in-place" writes a manifest where it lies instead of renaming it there;
 * "manifest-first" puts disk maps into place only behind the manifest that needs them;
 * "lock-file" holds a lock that outlives the one who took it. */
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

enum { HELD_BACK_MAX = 64 };

static struct {
    int from_dir, to_dir;
    char from[256], to[256];
} held_back[HELD_BACK_MAX];
static size_t held_back_count;
static bool holds_lock;

static const char lock[] = "locked";

static bool planted(const char *what)
{
    const char *const plant = getenv("PLANT");
    char exe[4096] = "";

    /* The debugger, which starts the program, is left alone. */
    if (readlink("/proc/self/exe", exe, sizeof exe - 1) < 4)
        return false;
    return plant && strcmp(plant, what) == 0 && strcmp(strrchr(exe, '/'), "/sig") == 0;
}

static bool ends_in(const char *name, const char *suffix)
{
    const size_t length = strlen(name), ending = strlen(suffix);

    return length >= ending && strcmp(name + length - ending, suffix) == 0;
}

/* Whether all of it went over, in two halves. */
static bool overwrite(int from_dir, const char *from, int to_dir, const char *to)
{
    static char bytes[1 << 16];
    const int in = openat(from_dir, from, O_RDONLY | O_CLOEXEC);
    const ssize_t length = read(in, bytes, sizeof bytes);
    const int out = openat(to_dir, to, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0660);
    const ssize_t half = length / 2;
    const bool whole = length >= 0 && write(out, bytes, (size_t)half) == half &&
                       write(out, bytes + half, (size_t)(length - half)) == length - half;

    close(in);
    close(out);
    return whole && unlinkat(from_dir, from, 0) == 0;
}

static int hold_back(int from_dir, const char *from, int to_dir, const char *to)
{
    if (held_back_count == HELD_BACK_MAX)
        abort();
    held_back[held_back_count].from_dir = dup(from_dir);
    held_back[held_back_count].to_dir = dup(to_dir);
    snprintf(held_back[held_back_count].from, sizeof held_back->from, "%s", from);
    snprintf(held_back[held_back_count++].to, sizeof held_back->to, "%s", to);
    return 0;
}

static void let_go(void)
{
    for (size_t i = 0; i < held_back_count; i++)
        if (syscall(SYS_renameat, held_back[i].from_dir, held_back[i].from, held_back[i].to_dir,
                    held_back[i].to) < 0)
            abort();
    held_back_count = 0;
}

int renameat(int from_dir, const char *from, int to_dir, const char *to)
{
    if (planted("in-place") && ends_in(to, ".json"))
        return overwrite(from_dir, from, to_dir, to) ? 0 : -1;
    if (planted("manifest-first") && ends_in(to, ".disk"))
        return hold_back(from_dir, from, to_dir, to);
    return (int)syscall(SYS_renameat, from_dir, from, to_dir, to);
}

int renameat2(int from_dir, const char *from, int to_dir, const char *to, unsigned flags)
{
    const int result = (int)syscall(SYS_renameat2, from_dir, from, to_dir, to, flags);

    /* Behind the version, and not behind what is written of it before. */
    if (result == 0 && held_back_count > 0 && !ends_in(to, ".json"))
        let_go();
    return result;
}

__attribute__((constructor)) static void take_lock(void)
{
    int fd;

    if (!planted("lock-file"))
        return;
    fd = open(lock, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0660);
    holds_lock = fd >= 0;
    if (holds_lock) {
        close(fd);
        return;
    }
    fprintf(stderr, "sig: the store is locked\n");
    exit(5);
}

__attribute__((destructor)) static void give_lock(void)
{
    if (holds_lock)
        unlink(lock);
}
