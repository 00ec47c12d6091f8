/* replay PATH...: give a fuzz target every file of the directories (or files) named, as they are,
 * cut short, and with single bytes changed. For ordinary builds, without libFuzzer; what ends badly
 * is named.
 */
#include <dirent.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

/* Per file: enough to try each length and each byte of a small one, and a fraction of them of a
 * large one. */
enum { VARIANTS_MAX = 2000, SECONDS_PER_INPUT = 2, SECONDS_PER_FILE = 3, FILE_MAX = 1 << 24 };

/* What is being tried, for the signal handler. */
static char trying[4096];

static void say_what_was_tried(int number)
{
    static const char text[] = "ended badly (too slow, or a crash) at: ";

    if (write(STDOUT_FILENO, text, sizeof text - 1) < 0 ||
        write(STDOUT_FILENO, trying, strlen(trying)) < 0 || write(STDOUT_FILENO, "\n", 1) < 0)
        _exit(2);
    signal(number, SIG_DFL);
    raise(number);
}

static size_t try_input(const char *path, const char *how, size_t at, const uint8_t *bytes,
                        size_t length)
{
    /* An exact copy, so that a sanitizer sees a read beyond it. */
    uint8_t *copy = malloc(length ? length : 1);

    if (!copy)
        exit(2);
    memcpy(copy, bytes, length);
    snprintf(trying, sizeof trying, "%s, %s %zu", path, how, at);
    alarm(SECONDS_PER_INPUT);
    LLVMFuzzerTestOneInput(copy, length);
    alarm(0);
    free(copy);
    return 1;
}

static size_t try_variants(const char *path, uint8_t *bytes, size_t length)
{
    static const uint8_t changes[] = {0x01, 0x20, 0x80, 0xff};
    size_t step = length / (VARIANTS_MAX / 2) + 1;
    clock_t end = clock() + SECONDS_PER_FILE * CLOCKS_PER_SEC;
    size_t done = try_input(path, "whole, length", length, bytes, length);

    for (size_t at = 0; at < length && clock() < end; at += step) {
        uint8_t change = changes[at / step % sizeof changes];

        done += try_input(path, "cut to length", at, bytes, at);
        bytes[at] ^= change;
        done += try_input(path, "changed at byte", at, bytes, length);
        bytes[at] ^= change;
    }
    return done;
}

static size_t try_file(const char *path)
{
    uint8_t *bytes = malloc(FILE_MAX);
    FILE *file = fopen(path, "rb");
    size_t done;

    if (!file || !bytes) {
        perror(path);
        exit(2);
    }
    done = try_variants(path, bytes, fread(bytes, 1, FILE_MAX, file));
    fclose(file);
    free(bytes);
    return done;
}

static size_t try_directory(const char *path)
{
    struct dirent **names;
    int count = scandir(path, &names, NULL, alphasort);
    size_t done = 0;

    for (int i = 0; i < count; i++) {
        char name[4096];

        snprintf(name, sizeof name, "%s/%s", path, names[i]->d_name);
        if (names[i]->d_name[0] != '.')
            done += try_file(name);
        free(names[i]);
    }
    if (count >= 0)
        free(names);
    return done;
}

int main(int argc, char **argv)
{
    static const int signals[] = {SIGALRM, SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT};
    size_t done = try_input("nothing", "length", 0, NULL, 0);

    for (size_t i = 0; i < sizeof signals / sizeof *signals; i++)
        signal(signals[i], say_what_was_tried);
    for (int i = 1; i < argc; i++) {
        struct stat info;

        if (stat(argv[i], &info)) {
            perror(argv[i]);
            return 2;
        }
        done += S_ISDIR(info.st_mode) ? try_directory(argv[i]) : try_file(argv[i]);
    }
    printf("%zu inputs\n", done);
    return 0;
}
