/* Beside tests/prove/paths.sh:
 *
 *   paths watch TREE FILE COMMAND...   run the command; FILE gets how often anything in the tree was
 *                                      opened, read, changed, made or removed meanwhile (inotify(7)),
 *                                      standard error the first of it. Its status.
 *   paths swap STORE TREE AWAY SEED    put a link into the tree in the place of one directory or
 *                                      file of the store after the other, and it back again, as fast
 *                                      as can be, until there is a file AWAY/end or nobody waits for
 *                                      us; then say how often. AWAY is an empty directory on the
 *                                      same file system; TREE an absolute path.
 *   paths edit FILE N TEXT             the N-th string of a JSON file, from 1, becomes TEXT, as it
 *                                      is; status 3: it has not so many
 */
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <limits.h>
#include <poll.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/inotify.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum {
    SHOWN_EVENTS = 10,
    ENTRIES_MAX = 4096,
    DWELL_MAX_US = 250, /* as long as a command takes from one call on disk to a later one */
    SWAPS_UNTIL_LIST =
        500, /* then the store is listed again: commands made and removed something */
};

static _Noreturn void fail(const char *what)
{
    fprintf(stderr, "paths: %s: %s\n", what, strerror(errno));
    exit(2);
}

/* --- watch --- */

static int watcher;
static char *directories[ENTRIES_MAX];
static size_t directory_count;

static int note_directory(const char *path, const struct stat *st, int type, struct FTW *ftw)
{
    (void)st;
    (void)ftw;
    if (type == FTW_D && directory_count < ENTRIES_MAX)
        directories[directory_count++] = strdup(path);
    return 0;
}

/* First all are known, then they are watched: listing them is not to be seen. */
static void watch_all(const char *tree)
{
    if (nftw(tree, note_directory, 16, FTW_PHYS) != 0)
        fail(tree);
    for (size_t i = 0; i < directory_count; i++) {
        if (inotify_add_watch(watcher, directories[i],
                              IN_OPEN | IN_ACCESS | IN_MODIFY | IN_ATTRIB | IN_CREATE | IN_DELETE |
                                  IN_MOVE | IN_DELETE_SELF | IN_MOVE_SELF) < 0)
            fail(directories[i]);
        free(directories[i]);
    }
}

/* Count what is waiting. */
static unsigned long drain(unsigned long seen)
{
    _Alignas(struct inotify_event) char bytes[65536];
    ssize_t got;

    while ((got = read(watcher, bytes, sizeof bytes)) > 0)
        for (ssize_t at = 0; at < got;) {
            const struct inotify_event *const event = (const void *)(bytes + at);

            if (!(event->mask & IN_IGNORED) && seen++ < SHOWN_EVENTS)
                fprintf(stderr, "seen: %s, mask %#x\n", event->len ? event->name : "a directory",
                        event->mask);
            at += (ssize_t)(sizeof *event + event->len);
        }
    return seen;
}

static int watch(const char *tree, const char *file, char **command)
{
    unsigned long seen = 0;
    int status;
    pid_t child;
    FILE *out;

    watcher = inotify_init1(IN_NONBLOCK | IN_CLOEXEC);
    if (watcher < 0)
        fail("inotify");
    watch_all(tree);
    child = fork();
    if (child == 0) {
        execvp(command[0], command);
        fail(command[0]);
    }
    while (waitpid(child, &status, WNOHANG) == 0) {
        struct pollfd poll_for = {.fd = watcher, .events = POLLIN};

        poll(&poll_for, 1, 20);
        seen = drain(seen);
    }
    seen = drain(seen);
    out = fopen(file, "w");
    if (!out || fprintf(out, "%lu\n", seen) < 0 || fclose(out))
        fail(file);
    return WIFEXITED(status) ? WEXITSTATUS(status) : 99;
}

/* --- swap --- */

static char *entries[ENTRIES_MAX]; /* below the store */
static size_t entry_count;
static size_t store_length;
static uint64_t state;

/* xorshift64*. */
static unsigned any(unsigned below)
{
    state ^= state >> 12;
    state ^= state << 25;
    state ^= state >> 27;
    return (unsigned)(state * UINT64_C(0x2545f4914f6cdd1d) >> 33) % below;
}

static int note_entry(const char *path, const struct stat *st, int type, struct FTW *ftw)
{
    (void)st;
    (void)type;
    if (ftw->level > 0 && entry_count < ENTRIES_MAX)
        entries[entry_count++] = strdup(path + store_length + 1);
    return 0;
}

static int remove_one(const char *path, const struct stat *st, int type, struct FTW *ftw)
{
    (void)st;
    (void)type;
    (void)ftw;
    remove(path);
    return 0;
}

static void list_store(const char *store)
{
    while (entry_count > 0)
        free(entries[--entry_count]);
    store_length = strlen(store);
    nftw(store, note_entry, 16, FTW_PHYS); /* what goes away meanwhile is not missed */
}

/* A link to the same place in the tree, now absolute, now relative; each fourth to what is not there
 * yet, so that it would be made. */
static void make_link(const char *link, const char *entry, const char *tree)
{
    const char *const made = any(4) ? "" : ".made";
    char target[PATH_MAX] = "";

    if (any(2)) {
        snprintf(target, sizeof target, "%s/%s%s", tree, entry, made);
    } else {
        const char *const name = strrchr(tree, '/') + 1;

        for (const char *at = entry; at; at = strchr(at + 1, '/'))
            strcat(target, "../");
        snprintf(target + strlen(target), sizeof target - strlen(target), "%s/%s%s", name, entry,
                 made);
    }
    nftw(link, remove_one, 16, FTW_DEPTH | FTW_PHYS);
    if (symlink(target, link) < 0)
        fail(link);
}

static void dwell(void)
{
    const struct timespec span = {.tv_nsec = (long)any(DWELL_MAX_US) * 1000};

    if (any(2))
        nanosleep(&span, NULL);
}

/* There and back. Commands may remove the link or put something in its place: that goes. */
static int swap_one(const char *path, const char *away)
{
    if (renameat2(AT_FDCWD, path, AT_FDCWD, away, RENAME_EXCHANGE) < 0)
        return 0;
    dwell();
    while (renameat2(AT_FDCWD, path, AT_FDCWD, away, RENAME_EXCHANGE) < 0) {
        if (errno != ENOENT)
            fail(path);
        if (renameat2(AT_FDCWD, away, AT_FDCWD, path, RENAME_NOREPLACE) == 0)
            break;
        if (errno == ENOENT) /* the directory around it is gone */
            break;
    }
    return 1;
}

static int swap(char **argv)
{
    const char *const store = argv[0], *const tree = argv[1];
    const pid_t parent = getppid();
    char end[PATH_MAX];
    unsigned long swaps = 0;

    state = strtoull(argv[3], NULL, 10) * 2654435761u + 1;
    snprintf(end, sizeof end, "%s/end", argv[2]);
    while (access(end, F_OK) < 0 && getppid() == parent) {
        char path[PATH_MAX], away[PATH_MAX];
        size_t chosen;

        if (swaps % SWAPS_UNTIL_LIST == 0 || entry_count == 0)
            list_store(store);
        if (entry_count == 0)
            continue;
        chosen = any((unsigned)entry_count);
        snprintf(path, sizeof path, "%s/%s", store, entries[chosen]);
        snprintf(away, sizeof away, "%s/link", argv[2]);
        make_link(away, entries[chosen], tree);
        swaps += (unsigned long)swap_one(path, away);
        dwell();
    }
    printf("%lu\n", swaps);
    return 0;
}

/* --- edit --- */

static char *read_file(const char *path, size_t *ret_length)
{
    static char bytes[1 << 20];
    FILE *const in = fopen(path, "r");

    if (!in)
        fail(path);
    *ret_length = fread(bytes, 1, sizeof bytes - 1, in);
    bytes[*ret_length] = '\0';
    fclose(in);
    return bytes;
}

static char *end_of_string(char *at)
{
    while (*at && *at != '"')
        at += *at == '\\' && at[1] ? 2 : 1;
    return at;
}

static int edit(const char *path, unsigned long wanted, const char *text)
{
    unsigned long found = 0;
    size_t length;
    char *at = read_file(path, &length);
    char *const bytes = at;

    for (; (at = strchr(at, '"')) != NULL; at++) {
        char *const start = at + 1;

        at = end_of_string(start);
        if (!*at)
            return 3;
        if (++found == wanted) {
            FILE *const out = fopen(path, "w");

            if (!out || fprintf(out, "%.*s%s%s", (int)(start - bytes), bytes, text, at) < 0 ||
                fclose(out))
                fail(path);
            return 0;
        }
    }
    return 3;
}

int main(int argc, char **argv)
{
    if (argc > 4 && strcmp(argv[1], "watch") == 0)
        return watch(argv[2], argv[3], argv + 4);
    if (argc == 6 && strcmp(argv[1], "swap") == 0)
        return swap(argv + 2);
    if (argc == 5 && strcmp(argv[1], "edit") == 0)
        return edit(argv[2], strtoul(argv[3], NULL, 10), argv[4]);
    fprintf(stderr, "paths: wrong arguments\n");
    return 2;
}
