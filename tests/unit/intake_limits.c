/* what a small file may cost: memory, work, temporary files; and holes, which cost nothing. */
#include <sys/resource.h>

#include "base/endian.h"
#include "tests/unit/archive_trial.h"

/* A sanitizer keeps what was freed. */
#ifdef __SANITIZE_ADDRESS__
enum { KEPT = 16 };
#else
enum { KEPT = 1 };
#endif

static size_t peak_kib(void)
{
    struct rusage usage;

    ck_assert_int_eq(getrusage(RUSAGE_SELF, &usage), 0);
    return (size_t)usage.ru_maxrss;
}

/* `count` GiB of zeros, behind `head`, in a few KiB each. */
static void bomb(const struct buf *head, size_t count, struct buf *ret)
{
    ZSTD_CCtx *context = ZSTD_createCCtx();
    uint8_t *zeros = mem_new(16 * MIB, 1);
    ZSTD_outBuffer out;
    ZSTD_inBuffer in = {.src = head->bytes, .size = head->length};

    buf_clear(ret);
    buf_reserve(ret, MIB * count + MIB);
    out = (ZSTD_outBuffer){.dst = ret->bytes, .size = MIB * count + MIB};
    ck_assert(!ZSTD_isError(ZSTD_compressStream2(context, &out, &in, ZSTD_e_flush)));
    for (size_t i = 0; i < 64 * count; i++) {
        in = (ZSTD_inBuffer){.src = zeros, .size = 16 * MIB};
        ck_assert(!ZSTD_isError(ZSTD_compressStream2(context, &out, &in, ZSTD_e_continue)));
        ck_assert_uint_eq(in.pos, in.size);
    }
    ck_assert_uint_eq(ZSTD_compressStream2(context, &out, &in, ZSTD_e_end), 0);
    ret->length = out.pos;
    free(zeros);
    ZSTD_freeCCtx(context);
}

START_TEST(bombs_stop_at_the_limit)
{
    struct trial trial = trial_new();
    struct buf head = {0}, packed = {0};
    size_t before;

    trial.request.limit = 8 * MIB;
    bomb(&head, 4, &packed);
    before = peak_kib();
    save(&trial, packed.bytes, packed.length);
    check_refused(&trial, E_INVALID, "holds a disk of more than 8388608 bytes");
    /* One that is passed over. */
    tar_header(&head, "notes", '0', (uint64_t)4 << 30);
    bomb(&head, 4, &packed);
    save(&trial, packed.bytes, packed.length);
    check_refused(&trial, E_INVALID, "unpacks to more than");
    /* One that goes to a temporary file. */
    buf_clear(&head);
    buf_add(&head, "QFI\xfb", 4);
    bomb(&head, 4, &packed);
    save(&trial, packed.bytes, packed.length);
    check_refused(&trial, E_INVALID, "is larger than the image file of a disk of its size");
    ck_assert_uint_lt(peak_kib() - before, (size_t)KEPT * 64 << 10);
    buf_done(&head);
    buf_done(&packed);
    trial_done(&trial);
}
END_TEST

/* Parts of PART bytes with a letter each; all else is zeros. */
enum { PART = 700 };

struct parts {
    const uint64_t *offsets;
    size_t count;
    uint64_t size;
};

/* `length` bytes at `at`. */
static void fill(const struct parts *parts, uint64_t at, uint8_t *bytes, size_t length)
{
    memset(bytes, 0, length);
    for (size_t i = 0; i < parts->count; i++)
        for (uint64_t byte = parts->offsets[i]; byte < parts->offsets[i] + PART; byte++)
            if (byte >= at && byte - at < length)
                bytes[byte - at] = (uint8_t)('a' + i);
}

static bool has_part(const struct parts *parts, uint64_t from, uint64_t end)
{
    for (size_t i = 0; i < parts->count; i++)
        if (parts->offsets[i] < end && parts->offsets[i] + PART > from)
            return true;
    return false;
}

/* All of a stream, with or without passing over its holes; `parts` NULL: it may hold anything.
 * *ret_pulled: bytes that came. */
static int pull_all(struct source *source, bool passes, const struct parts *parts,
                    uint64_t *ret_pulled, struct err *err)
{
    uint8_t *bytes = mem_new(MIB, 1), *shall = mem_new(MIB, 1);
    uint64_t at = 0;
    size_t got = MIB;
    int rc = 0;

    *ret_pulled = 0;
    while (rc == 0 && got == MIB) {
        const uint64_t hole = passes ? source_pass_hole(source, MIB) : 0;

        ck_assert_uint_eq(hole % MIB, 0);
        ck_assert(hole == 0 || !parts || !has_part(parts, at, at + hole));
        at += hole;
        rc = source_pull(source, bytes, MIB, &got, err);
        if (rc == 0 && parts) {
            fill(parts, at, shall, got);
            ck_assert(memcmp(bytes, shall, got) == 0);
        }
        at += rc == 0 ? got : 0;
        *ret_pulled += rc == 0 ? got : 0;
    }
    free(bytes);
    free(shall);
    ck_assert(rc < 0 || !parts || (at == parts->size && source_size(source) == at));
    return rc;
}

/* The same, in a tar archive that is compressed again: as much out of less than a KiB. */
START_TEST(layers_do_not_multiply)
{
    struct trial trial = trial_new();
    struct buf none = {0}, packed = {0}, tar = {0};

    bomb(&none, 1, &packed);
    tar_file(&tar, "disk.raw.zst", packed.bytes, packed.length);
    tar_end(&tar);
    trial.request.limit = (uint64_t)1 << 40;
    save_zstd(&trial, tar.bytes, tar.length);
    buf_done(&tar);
    buf_done(&packed);
    {
        struct source *source = NULL;
        uint64_t pulled;

        ck_assert_int_eq(source_open(&trial.request, &source, &trial.err), 0);
        ck_assert_int_eq(pull_all(source, true, NULL, &pulled, &trial.err), E_INVALID);
        ck_assert_msg(strstr(trial.err.text, " bytes from only ") != NULL, "%s", trial.err.text);
        source_close(source);
    }
    trial_done(&trial);
}
END_TEST

/* What says how large it is comes to no more. */
START_TEST(a_temporary_file_is_bounded_by_what_it_says)
{
    static const struct {
        const char *mark;
        size_t at;
        bool big, sectors;
    } formats[] = {
        {"QFI\xfb\0\0\0\3", 24, true, false},
        {"KDMV\1\0\0\0", 12, false, true},
        {"conectix", 48, true, false},
    };
    struct trial trial = trial_new();

    trial.request.limit = (uint64_t)1 << 40;
    for (size_t i = 0; i < sizeof formats / sizeof *formats; i++) {
        uint8_t header[512] = "";
        struct buf head = {0}, packed = {0};

        memcpy(header, formats[i].mark, 8);
        if (formats[i].big)
            big_put64(header + formats[i].at, MIB);
        else
            little_put64(header + formats[i].at, MIB / 512);
        buf_add(&head, header, sizeof header);
        bomb(&head, 1, &packed);
        save(&trial, packed.bytes, packed.length);
        check_refused(&trial, E_INVALID, "is larger than the image file of a disk of its size");
        buf_done(&head);
        buf_done(&packed);
    }
    trial_done(&trial);
}
END_TEST

/* One window after the other. */
START_TEST(an_inner_layer_gets_less_memory)
{
    struct trial trial = trial_new();
    ZSTD_CCtx *context = ZSTD_createCCtx();
    uint8_t *const disk = noise(DISK);
    struct buf packed = {0}, tar = {0};
    ZSTD_outBuffer out;
    ZSTD_inBuffer in = {.src = disk, .size = DISK};

    ZSTD_CCtx_setParameter(context, ZSTD_c_windowLog, 26);
    buf_reserve(&packed, 2 * DISK);
    out = (ZSTD_outBuffer){.dst = packed.bytes, .size = 2 * DISK};
    ck_assert(!ZSTD_isError(ZSTD_compressStream2(context, &out, &in, ZSTD_e_flush)));
    ck_assert_uint_eq(ZSTD_compressStream2(context, &out, &in, ZSTD_e_end), 0);
    packed.length = out.pos;
    tar_file(&tar, "disk.raw.zst", packed.bytes, packed.length);
    tar_end(&tar);
    save(&trial, tar.bytes, tar.length);
    check_taken(&trial, disk, DISK);
    save_zstd(&trial, tar.bytes, tar.length);
    check_refused(&trial, E_UNSUPPORTED, "more than 40 MiB of memory");
    ck_assert_str_eq(trial.err.hint, "unpack it first");
    ZSTD_freeCCtx(context);
    buf_done(&packed);
    buf_done(&tar);
    free(disk);
    trial_done(&trial);
}
END_TEST

START_TEST(many_members_take_little_memory)
{
    struct trial trial = trial_new();
    struct buf tar = {0};
    char name[32];
    size_t before;

    for (int i = 0; i < 100000; i++) {
        snprintf(name, sizeof name, "directory/%06d", i);
        tar_header(&tar, name, '0', 0);
    }
    tar_file(&tar, "disk.raw", "disk", 4);
    tar_end(&tar);
    save(&trial, tar.bytes, tar.length);
    buf_done(&tar);
    before = peak_kib();
    check_taken(&trial, "disk", 4);
    ck_assert_uint_lt(peak_kib() - before, (size_t)KEPT * 16 << 10);
    trial_done(&trial);
}
END_TEST

static void put16(struct buf *out, unsigned value)
{
    buf_add_char(out, (char)(value & 255));
    buf_add_char(out, (char)(value >> 8 & 255));
}

static void put32(struct buf *out, uint32_t value)
{
    put16(out, value & 65535);
    put16(out, value >> 16);
}

/* An empty stored member, as it stands in front of its content or in the directory. */
static void zip_header(struct buf *zip, const char *name, bool in_directory, uint32_t offset)
{
    buf_add(zip, in_directory ? "PK\1\2" : "PK\3\4", 4);
    if (in_directory)
        put16(zip, 3 << 8 | 20);
    put16(zip, 20);
    for (int i = 0; i < 4; i++)
        put16(zip, 0);
    for (int i = 0; i < 3; i++)
        put32(zip, 0);
    put16(zip, (unsigned)strlen(name));
    put16(zip, 0);
    if (in_directory) {
        put16(zip, 0);
        put32(zip, 0);
        put32(zip, (uint32_t)0100644 << 16);
        put32(zip, offset);
    }
    buf_add_text(zip, name);
}

/* A zip archive of as many empty members. */
static void many_in_a_zip(struct buf *zip, uint32_t count)
{
    struct buf directory = {0};
    char name[32];
    uint32_t at, length;

    for (uint32_t i = 0; i < count; i++) {
        snprintf(name, sizeof name, "%06u", (unsigned)i);
        zip_header(&directory, name, true, (uint32_t)zip->length);
        zip_header(zip, name, false, 0);
    }
    at = (uint32_t)zip->length;
    length = (uint32_t)directory.length;
    buf_add(zip, directory.bytes, directory.length);
    buf_done(&directory);
    buf_add(zip, "PK\5\6\0\0\0\0", 8);
    put16(zip, count < 65535 ? count : 65535);
    put16(zip, count < 65535 ? count : 65535);
    put32(zip, length);
    put32(zip, at);
    put16(zip, 0);
}

START_TEST(a_zip_directory_is_bounded)
{
    struct trial trial = trial_new();
    struct buf zip = {0};
    size_t before;

    many_in_a_zip(&zip, 100000);
    save(&trial, zip.bytes, zip.length);
    before = peak_kib();
    check_refused(&trial, E_INVALID, "holds no disk image, only '000000'");
    ck_assert_uint_lt(peak_kib() - before, (size_t)KEPT * 64 << 10);
    buf_clear(&zip);
    many_in_a_zip(&zip, 500000);
    save(&trial, zip.bytes, zip.length);
    check_refused(&trial, E_INVALID, "has too many members, or too large headers");
    buf_done(&zip);
    trial_done(&trial);
}
END_TEST

START_TEST(headers_are_bounded)
{
    struct trial trial = trial_new();
    struct buf tar = {0};
    uint8_t *const filling = mem_new(32 * MIB, 1);

    memset(filling, 'a', 32 * MIB);
    for (const char *type = "xgLK"; *type; type++) {
        buf_clear(&tar);
        tar_header(&tar, "long", *type, 32 * MIB);
        buf_add(&tar, filling, 32 * MIB);
        tar_file(&tar, "disk.raw", "disk", 4);
        tar_end(&tar);
        save(&trial, tar.bytes, tar.length);
        check_refused(&trial, E_INVALID, "");
    }
    free(filling);
    buf_done(&tar);
    trial_done(&trial);
}
END_TEST

/* --- holes --- */

/* A member with holes, as GNU tar writes it with --format=posix --sparse-version=0.1. */

static void add_word(struct buf *words, const char *key, const char *value)
{
    /* The length in front counts itself. */
    size_t length = strlen(key) + strlen(value) + 3;
    char digits[24];

    snprintf(digits, sizeof digits, "%zu", length + 1);
    snprintf(digits, sizeof digits, "%zu", length + strlen(digits));
    snprintf(digits, sizeof digits, "%zu", length + strlen(digits));
    buf_printf(words, "%s %s=%s\n", digits, key, value);
}

static void add_number(struct buf *words, const char *key, uint64_t value)
{
    char digits[24];

    snprintf(digits, sizeof digits, "%llu", (unsigned long long)value);
    add_word(words, key, digits);
}

static void tar_sparse(struct buf *tar, const struct parts *parts)
{
    struct buf words = {0}, map = {0}, content = {0};

    for (size_t i = 0; i < parts->count; i++)
        buf_printf(&map, "%s%llu,%d", i > 0 ? "," : "", (unsigned long long)parts->offsets[i],
                   PART);
    add_number(&words, "GNU.sparse.size", parts->size);
    add_number(&words, "GNU.sparse.numblocks", parts->count);
    add_word(&words, "GNU.sparse.map", buf_text(&map));
    tar_header(tar, "pax", 'x', words.length);
    buf_add(tar, words.bytes, words.length);
    tar_pad(tar);
    for (size_t i = 0; i < parts->count * PART; i++)
        buf_add_char(&content, (char)('a' + i / PART));
    tar_file(tar, "disk.raw", content.bytes, content.length);
    tar_end(tar);
    buf_done(&words);
    buf_done(&map);
    buf_done(&content);
}

static uint64_t check_sparse(struct trial *trial, const struct parts *parts, bool passes)
{
    struct source *source = NULL;
    struct buf tar = {0};
    uint64_t pulled = 0;

    tar_sparse(&tar, parts);
    save_zstd(trial, tar.bytes, tar.length);
    ck_assert_msg(source_open(&trial->request, &source, &trial->err) == 0, "%s", trial->err.text);
    ck_assert(source_is_stream(source));
    ck_assert_msg(pull_all(source, passes, parts, &pulled, &trial->err) == 0, "%s",
                  trial->err.text);
    source_close(source);
    buf_done(&tar);
    return pulled;
}

START_TEST(holes_are_as_good_as_zeros)
{
    static const uint64_t offsets[][3] = {
        {0, 700, 5000},
        {100, 5 * MIB - 350, 5 * MIB + 5000},
        {4 * MIB, 9 * MIB + 1, 12 * MIB - 700},
        {0, 3 * MIB - 1, 6 * MIB},
    };
    struct trial trial = trial_new();

    for (size_t i = 0; i < sizeof offsets / sizeof *offsets; i++)
        for (uint64_t size = 12 * MIB; size <= 20 * MIB; size += 2 * MIB + 12345) {
            const struct parts parts = {.offsets = offsets[i], .count = 3, .size = size};

            check_sparse(&trial, &parts, false);
            check_sparse(&trial, &parts, true);
        }
    trial_done(&trial);
}
END_TEST

START_TEST(holes_cost_nothing)
{
    static const uint64_t offsets[] = {0, (uint64_t)1 << 40};
    const struct parts two = {.offsets = offsets, .count = 2, .size = ((uint64_t)1 << 40) + 99999};
    const struct parts one = {.offsets = offsets, .count = 1, .size = (uint64_t)1 << 52};
    struct trial trial = trial_new();

    trial.request.limit = (uint64_t)1 << 53;
    ck_assert_uint_lt(check_sparse(&trial, &two, true), 16 * MIB);
    ck_assert_uint_lt(check_sparse(&trial, &one, true), 16 * MIB);
    trial_done(&trial);
}
END_TEST

/* One that is put into a temporary file has holes there. */
START_TEST(holes_are_not_written)
{
    struct trial trial = trial_new();
    struct buf tar = {0}, words = {0};
    uint8_t header[512] = "QFI\xfb\0\0\0\3";

    big_put64(header + 24, (uint64_t)1 << 40);
    add_number(&words, "GNU.sparse.size", (uint64_t)1 << 40);
    add_number(&words, "GNU.sparse.numblocks", 1);
    add_word(&words, "GNU.sparse.map", "0,512");
    tar_header(&tar, "pax", 'x', words.length);
    buf_add(&tar, words.bytes, words.length);
    tar_pad(&tar);
    tar_file(&tar, "disk.qcow2", header, sizeof header);
    tar_end(&tar);
    trial.request.limit = (uint64_t)1 << 41;
    save(&trial, tar.bytes, tar.length);
    check_refused(&trial, E_INVALID, "the qcow2 image 'disk.qcow2' in '");
    buf_done(&words);
    buf_done(&tar);
    trial_done(&trial);
}
END_TEST

UNIT_MAIN("intake/limits", bombs_stop_at_the_limit, layers_do_not_multiply,
          a_temporary_file_is_bounded_by_what_it_says, an_inner_layer_gets_less_memory,
          many_members_take_little_memory, a_zip_directory_is_bounded, headers_are_bounded,
          holes_are_as_good_as_zeros, holes_cost_nothing, holes_are_not_written)
