/* output PROGRAM FIRST COUNT: beside tests/prove/output.sh. In a scratch directory with a store
 * "./store" that has the word PLACEHOLDER in the manifests of prod, prod/ubuntu and
 * prod/ubuntu/1.0.0, give the program hostile texts number FIRST and on, each in every place where
 * one can be given, and look at all that it prints in every format. Says what was wrong on standard
 * error and, on standard output, how many texts there were, how often the program ran, how many
 * texts came out wrong, and how many could have: "TEXTS RUNS BAD HARMFUL". Status 3: FIRST is
 * beyond the last one. */
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/text.h"
#include "json/value.h"

enum { TEXT_SIZE = 2048, OUTPUT_SIZE = 1 << 20, ARGUMENTS_MAX = 16, SHOWN = 20 };

static const char *program;
static const char *text; /* the one being tried */
static unsigned number;  /* of it */
static unsigned runs, shown;
static bool bad; /* it came out wrong somewhere */
static char printed[OUTPUT_SIZE], said[OUTPUT_SIZE];

static _Noreturn void fail(const char *what)
{
    fprintf(stderr, "output: %s: %s\n", what, strerror(errno));
    exit(2);
}

/* --- the texts --- */

static const struct {
    unsigned first, last;
} code_points[] = {
    {0x80, 0x9f}, {0x61c, 0x61c}, {0x200e, 0x200f}, {0x202a, 0x202e}, {0x2066, 0x2069},
};

static const char *const phrases[] = {
    "\x1b]0;title\x07",
    "\x1b[2J\x1b[H",
    "a\nsig: forged",
    "a\r\x1b[Kfine",
    "a\tb\tc\n\n",
    "\x9b"
    "31m",
    "\xc0\x80",
    "\xed\xa0\x80",
    "\xf4\x90\x80\x80",
    "a\xe2\x80",
    "\xff\xfe\xfd",
    "'\"\\",
    "\\u001b",
    "%s%n%1000000d",
    "\xe2\x80\xae"
    "evil",
    "\x1bP+q\x1b\\",
    "a\vb\fc",
    "\b\b\bx",
    "\x85next",
    "\xc2\x85next",
};

/* Long ones are cut somewhere: never in the middle of what stands for a character. */
static const char *const repeated[] = {"\x1b", "\xe2\x80\xae", "\xc3\xa9", "\x9b", "x"};

static size_t encode(unsigned c, char *out)
{
    if (c < 0x800)
        return (size_t)sprintf(out, "a%c%cz", (int)(0xc0 | c >> 6), (int)(0x80 | (c & 0x3f)));
    return (size_t)sprintf(out, "a%c%c%cz", (int)(0xe0 | c >> 12), (int)(0x80 | (c >> 6 & 0x3f)),
                           (int)(0x80 | (c & 0x3f)));
}

/* All of a kind at once: for whoever has little time. */
enum { ALL_OF_A_KIND = 3 };

static void make_mixture(unsigned kind, char *out)
{
    const unsigned first = kind == 0 ? 1 : 0x80;
    const unsigned last = kind == 0 ? 0x1f : 0xff;

    if (kind != 1) {
        for (unsigned byte = first; byte <= last; byte++)
            *out++ = (char)byte;
        strcpy(out, kind == 0 ? "\x7f" : "");
        return;
    }
    for (size_t i = 0; i < sizeof code_points / sizeof *code_points; i++)
        for (unsigned c = code_points[i].first; c <= code_points[i].last; c++)
            out += encode(c, out);
}

/* The text of that number, from 0; false when there are fewer. */
static bool make_text(unsigned wanted, char out[static TEXT_SIZE])
{
    if (wanted < ALL_OF_A_KIND) {
        make_mixture(wanted, out);
        return true;
    }
    wanted -= ALL_OF_A_KIND;
    if (wanted < 255) {
        snprintf(out, TEXT_SIZE, "a%cz", (int)(wanted + 1));
        return true;
    }
    wanted -= 255;
    for (size_t i = 0; i < sizeof code_points / sizeof *code_points; i++) {
        const unsigned count = code_points[i].last - code_points[i].first + 1;

        if (wanted < count) {
            encode(code_points[i].first + wanted, out);
            return true;
        }
        wanted -= count;
    }
    if (wanted < sizeof phrases / sizeof *phrases) {
        snprintf(out, TEXT_SIZE, "%s", phrases[wanted]);
        return true;
    }
    wanted -= sizeof phrases / sizeof *phrases;
    if (wanted >= sizeof repeated / sizeof *repeated)
        return false;
    *out = '\0';
    while (strlen(out) + strlen(repeated[wanted]) < 1800)
        strcat(out, repeated[wanted]);
    return true;
}

/* --- what is looked at --- */

/* The first byte of what a terminal would obey or could not show, or NULL: C0 but '\n' and what
 * `allowed` has, DEL, C1, bidirectional controls, bytes that are not UTF-8. Told by the bytes, not
 * by the program's own function for it. */
static const char *find_harm(const char *at, const char *allowed)
{
    const char *const start = at;

    for (; *at; at++) {
        const unsigned char *const b = (const unsigned char *)at;

        if ((*b < 0x20 && *b != '\n' && !strchr(allowed, *b)) || *b == 0x7f)
            return at;
        if (*b == 0xc2 && b[1] >= 0x80 && b[1] <= 0x9f)
            return at;
        if (*b == 0xd8 && b[1] == 0x9c)
            return at;
        if (*b == 0xe2 && b[1] == 0x80 &&
            (b[2] == 0x8e || b[2] == 0x8f || (b[2] >= 0xaa && b[2] <= 0xae)))
            return at;
        if (*b == 0xe2 && b[1] == 0x81 && b[2] >= 0xa6 && b[2] <= 0xa9)
            return at;
    }
    return text_is_utf8(start, strlen(start)) ? NULL : start;
}

static void complain(const char *what, char *const *arguments)
{
    bad = true;
    if (shown++ >= SHOWN)
        return;
    fprintf(stderr, "text %u: %s:", number, what);
    for (; *arguments; arguments++) {
        struct buf inert = {0};

        text_add_inert(&inert, *arguments);
        fprintf(stderr, " %.60s", buf_text(&inert));
        buf_done(&inert);
    }
    fputc('\n', stderr);
}

/* Every line is one that the program begins. */
static bool lines_are_ours(const char *at)
{
    while (*at) {
        const size_t length = strcspn(at, "\n");

        if (at[length] != '\n' || (!text_starts(at, "sig: ") && !text_starts(at, "hint: ")))
            return false;
        at += length + 1;
    }
    return true;
}

static size_t count_bytes(const char *at, char byte)
{
    size_t count = 0;

    while ((at = strchr(at, byte)) != NULL) {
        count++;
        at++;
    }
    return count;
}

/* Each row has the same fields. */
static bool tabs_agree(const char *at)
{
    size_t tabs = SIZE_MAX;

    while (*at) {
        const size_t length = strcspn(at, "\n");
        char line[8192];

        snprintf(line, sizeof line, "%.*s", (int)length, at);
        if (tabs == SIZE_MAX)
            tabs = count_bytes(line, '\t');
        if (tabs != count_bytes(line, '\t') || at[length] != '\n')
            return false;
        at += length + 1;
    }
    return true;
}

/* --- the program --- */

static void read_back(const char *path, char *out)
{
    FILE *const in = fopen(path, "r");
    size_t got;

    if (!in)
        fail(path);
    got = fread(out, 1, OUTPUT_SIZE - 1, in);
    out[got] = '\0';
    fclose(in);
}

static int run(char *const *arguments)
{
    const pid_t child = fork();
    int status;

    if (child == 0) {
        const int out = open("printed", O_WRONLY | O_CREAT | O_TRUNC, 0600);
        const int err = open("said", O_WRONLY | O_CREAT | O_TRUNC, 0600);

        if (out < 0 || err < 0 || dup2(out, 1) < 0 || dup2(err, 2) < 0)
            _exit(98);
        execv(program, arguments);
        _exit(98);
    }
    if (child < 0 || waitpid(child, &status, 0) < 0)
        fail(program);
    if (!WIFEXITED(status) || WEXITSTATUS(status) == 98)
        complain("did not end well", arguments);
    runs++;
    read_back("printed", printed);
    read_back("said", said);
    return WIFEXITED(status) ? WEXITSTATUS(status) : 99;
}

static void check_json(char *const *arguments)
{
    struct json *json = NULL;
    struct err err = {0};

    if (json_parse(printed, strlen(printed), &json, &err))
        complain("no JSON", arguments);
    json_free(json);
}

/* Run it in each format and look at what it printed. */
static void try(const char *const *words)
{
    static const char *const formats[] = {"json", "table", "tsv"};

    for (size_t f = 0; f < sizeof formats / sizeof *formats; f++) {
        char *arguments[ARGUMENTS_MAX + 4] = {text_copy(program)};
        size_t count = 1;
        int status;

        for (; words[count - 1]; count++)
            arguments[count] =
                text_copy(text_equal(words[count - 1], "@") ? text : words[count - 1]);
        arguments[count++] = text_copy("-o");
        arguments[count++] = text_copy(formats[f]);
        status = run(arguments);
        if (find_harm(printed, f == 2 ? "\t" : ""))
            complain("printed raw", arguments);
        if (find_harm(said, ""))
            complain("said raw", arguments);
        if (!lines_are_ours(said))
            complain("a line of its own", arguments);
        if (f == 0 && *printed)
            check_json(arguments);
        if (f == 2 && !tabs_agree(printed))
            complain("fields of its own", arguments);
        /* One row of one resource: a title, a rule, a row. */
        if (status == 0 && words[1] && strstr("show create update inspect", words[1]) &&
            count_bytes(printed, '\n') != (f == 1 ? 3 : 1) && f > 0)
            complain("rows of its own", arguments);
        while (count > 0)
            free(arguments[--count]);
    }
}

/* --- where texts can be given --- */

#define WORDS(...) ((const char *const[]){__VA_ARGS__, NULL})

static const char *const given[][ARGUMENTS_MAX] = {
    {"image-definition", "update", "prod/ubuntu", "--description", "@"},
    {"image-definition", "update", "prod/ubuntu", "--eula", "@"},
    {"image-definition", "update", "prod/ubuntu", "--privacy-statement-uri", "@"},
    {"image-definition", "update", "prod/ubuntu", "--release-note-uri", "@"},
    {"image-definition", "create", "prod/ubuntu", "--publisher", "@"},
    {"image-definition", "create", "prod/ubuntu", "--plan-name", "@", "--plan-product", "@"},
    {"gallery", "update", "prod", "--tags", "@"},
    {"gallery", "update", "prod", "--description", "@"},
    {"gallery", "create", "@"},
    {"gallery", "show", "@"},
    {"gallery", "show", "prod", "-g", "@"},
    {"gallery", "create", "other", "--location", "@"},
    {"gallery", "list", "--store", "@"},
    {"gallery", "list", "@"},
    {"gallery", "@"},
    {"@", "list"},
    {"help", "@"},
    {"gallery", "list", "--lock-wait", "@"},
    {"image-version", "show", "--ids", "@"},
    {"image-version", "update", "prod/ubuntu/1.0.0", "--target-regions", "@"},
    {"image-version", "update", "prod/ubuntu/1.0.0", "--end-of-life-date", "@"},
    {"image-version", "create", "prod/ubuntu/2.0.0", "--os-disk", "@"},
    {"image-version", "create", "prod/ubuntu/2.0.0", "--os-disk", "os.raw", "--expect", "@"},
    {"image-version", "create", "prod/ubuntu/2.0.0", "--os-disk", "hostile.tar"},
    {"image-version", "create", "prod/ubuntu/2.0.0", "--os-disk", "hostile.tar", "--member", "@"},
    {"image-version", "create", "prod/ubuntu/2.0.0", "--os-vhd-uri", "@"},
    {"image-version", "export", "prod/ubuntu/1.0.0", "@"},
    {"image-version", "export", "prod/ubuntu/1.0.0", "--all-disks", "@"},
    {"image-version", "export", "prod/ubuntu/1.0.0", "x", "--format", "@"},
    {"image-version", "export", "prod/ubuntu/1.0.0", "x", "--region", "@"},
    {"inspect", "@"},
    {"inspect", "os.raw", "--for", "@"},
    {"completion", "@"},
};

/* What shows all that a store holds, and all that is wrong with it. */
static const char *const showing[][ARGUMENTS_MAX] = {
    {"gallery", "show", "prod"},
    {"gallery", "list"},
    {"image-definition", "show", "prod/ubuntu"},
    {"image-definition", "list", "prod"},
    {"image-version", "show", "prod/ubuntu/1.0.0", "--expand", "ReplicationStatus"},
    {"image-version", "list", "prod/ubuntu"},
    {"replicate"},
    {"audit"},
    {"sweep", "--plan"},
};

static const char *const manifests[] = {
    "store/galleries/prod/gallery.json",
    "store/galleries/prod/images/ubuntu/definition.json",
    "store/galleries/prod/images/ubuntu/versions/1.0.0/version.json",
};

enum { MANIFESTS = sizeof manifests / sizeof *manifests };

static char *originals[MANIFESTS];

static void try_all(const char *const table[][ARGUMENTS_MAX], size_t count)
{
    for (size_t i = 0; i < count; i++)
        try(table[i]);
}

#define TRY_ALL(table) try_all(table, sizeof(table) / sizeof *(table))

/* As JSON escapes it, whatever it is; bytes that are not UTF-8 stay. */
static void add_escaped(struct buf *out)
{
    for (const unsigned char *b = (const unsigned char *)text; *b; b++)
        if (*b < 0x80)
            buf_printf(out, "\\u%04x", *b);
        else
            buf_add_char(out, (char)*b);
}

static void write_file(const char *path, const char *bytes, size_t length)
{
    FILE *const out = fopen(path, "w");

    if (!out || fwrite(bytes, 1, length, out) != length || fclose(out))
        fail(path);
}

static void keep_manifests(void)
{
    for (size_t i = 0; i < MANIFESTS; i++) {
        read_back(manifests[i], printed);
        originals[i] = text_copy(printed);
        if (!strstr(originals[i], "PLACEHOLDER"))
            fail("a manifest without PLACEHOLDER");
    }
}

static void restore_manifests(void)
{
    for (size_t i = 0; i < MANIFESTS; i++)
        write_file(manifests[i], originals[i], strlen(originals[i]));
}

/* What was stored comes back as it was. */
static void check_stored(void)
{
    char *const arguments[] = {text_copy(program), text_copy("gallery"), text_copy("show"),
                               text_copy("prod"), NULL};
    struct json *json = NULL;
    struct err err = {0};

    if (run(arguments) == 0 && (json_parse(printed, strlen(printed), &json, &err) ||
                                !text_equal(json_string(json_get(json, "description")), text)))
        complain("does not come back as it was", arguments);
    json_free(json);
    for (size_t i = 0; arguments[i]; i++)
        free(arguments[i]);
}

/* The text in the place of PLACEHOLDER in every manifest, raw or escaped. */
static void try_manifests(bool escaped)
{
    for (size_t i = 0; i < MANIFESTS; i++) {
        const char *const before = originals[i];
        const char *const place = strstr(before, "PLACEHOLDER");
        struct buf after = {0};

        buf_add(&after, before, (size_t)(place - before));
        if (escaped)
            add_escaped(&after);
        else
            buf_add_text(&after, text);
        buf_add_text(&after, place + strlen("PLACEHOLDER"));
        write_file(manifests[i], after.bytes, after.length);
        try_all(&showing[2 * i], 2);
        try(WORDS("audit"));
        if (i == 0 && escaped)
            check_stored();
        write_file(manifests[i], before, strlen(before));
        buf_done(&after);
    }
}

/* A file of that name where it does not belong; not where it has a slash or is too long. */
static void try_names(void)
{
    static const char *const directories[] = {
        "store/galleries",       "store/galleries/prod/images/ubuntu/versions",
        "store/regions/westus2", "store/regions/westus2/standard_lrs/1/blobs",
        "store/replicas",        "store"};

    if (strchr(text, '/') || strlen(text) > 200)
        return;
    for (size_t i = 0; i < sizeof directories / sizeof *directories; i++) {
        char *const path = text_printf("%s/%s", directories[i], text);

        write_file(path, "x", 1);
        TRY_ALL(showing);
        remove(path);
        /* And a directory, which is entered. */
        mkdir(path, 0700);
        TRY_ALL(showing);
        remove(path);
        free(path);
    }
}

/* A disk image, and two members of an archive, of that name. */
static void make_sources(void)
{
    char block[512] = {0};
    unsigned sum = 0;
    FILE *const out = fopen("hostile.tar", "w");

    for (size_t i = 0; i < 99 && text[i]; i++)
        block[i] = text[i];
    memcpy(block + 100,
           "0000644\0"
           "0000000\0"
           "0000000\0"
           "00000001000\0"
           "00000000000\0"
           "        0",
           57);
    memcpy(block + 257,
           "ustar\0"
           "00",
           8);
    for (size_t i = 0; i < sizeof block; i++)
        sum += (unsigned char)block[i];
    snprintf(block + 148, 8, "%06o", sum);
    block[155] = ' ';
    for (int member = 0; out && member < 2; member++) {
        static const char content[512] = "content";

        fwrite(block, 1, sizeof block, out);
        fwrite(content, 1, sizeof content, out);
    }
    if (!out || fseek(out, 1023, SEEK_CUR) || fputc(0, out) || fclose(out))
        fail("hostile.tar");
    if (symlink("os.raw", text) < 0 && errno != EEXIST && errno != ENAMETOOLONG && errno != ENOENT)
        fail("a link to os.raw");
}

static void forget_sources(void)
{
    struct stat st;

    if (lstat(text, &st) == 0 && S_ISLNK(st.st_mode))
        remove(text);
    if (lstat(text, &st) == 0 && S_ISDIR(st.st_mode)) {
        char *const path = text_printf("%s/os.raw", text);

        remove(path);
        remove(text);
        free(path);
    }
}

static void try_progress(void)
{
    static const char *const styles[] = {"plain", "json"};

    for (size_t i = 0; i < sizeof styles / sizeof *styles; i++) {
        char *arguments[] = {text_copy(program),      text_copy("inspect"), text_copy(text),
                             text_copy("--progress"), text_copy(styles[i]), NULL};

        run(arguments);
        if (find_harm(said, ""))
            complain("progress was raw", arguments);
        for (size_t a = 0; arguments[a]; a++)
            free(arguments[a]);
    }
}

int main(int argc, char **argv)
{
    const unsigned first = argc == 4 ? (unsigned)strtoul(argv[2], NULL, 10) : 0;
    const unsigned count = argc == 4 ? (unsigned)strtoul(argv[3], NULL, 10) : 0;
    unsigned texts = 0, bads = 0, harmful = 0;
    char bytes[TEXT_SIZE];

    program = argv[1];
    text = bytes;
    keep_manifests();
    for (number = first; number < first + count && make_text(number, bytes); number++) {
        bad = false;
        make_sources();
        TRY_ALL(given);
        try_progress();
        forget_sources();
        try(WORDS("image-version", "delete", "prod/ubuntu/2.0.0"));
        try(WORDS("gallery", "delete", "@"));
        restore_manifests();
        try_manifests(false);
        try_manifests(true);
        try_names();
        texts++;
        bads += bad;
        harmful += find_harm(text, "") != NULL;
    }
    printf("%u %u %u %u\n", texts, runs, bads, harmful);
    return texts > 0 ? 0 : 3;
}
