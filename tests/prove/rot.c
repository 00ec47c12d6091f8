/* rot [--plant=PLANT] STORE DAMAGE COUNT REGIONS GALLERY/DEFINITION/VERSION=FILE...: damage the
 * files of a store, one after the other and each time in another way, and see in this process that
 * an audit says so, or that no harm was done; that no version is ever read as anything but its
 * FILE, from any of the REGIONS ("westus2,eastus"); that damage in one replica is made good by
 * another; that what is shown stays the same, or comes with a notice, or is an error.
 *
 * DAMAGE: flip (a bit of each COUNTth byte), flips (all eight), cut (to each COUNTth length), zero
 * (512 bytes), remove, swap (two files of a kind), publish (a bit of each COUNTth byte; then FILE
 * of the first version is published again, beside what is damaged), random (COUNT times something).
 *
 * Prints for each kind of file: kind, damages, found by the audit, harmless, bad. What was bad goes
 * to standard error, and ends in status 1.
 *
 * PLANT is a bug that this must catch: blind (an audit that looks at nothing), unchecked (blocks
 * that are read past all checks), alone (no other replica is asked), guess (what cannot be read is
 * shown as if nothing were).
 */
#include "tests/prove/rot_look.h"

/* --- verdicts --- */

static const char *fault_of(const struct damage *damage, const struct seen *seen)
{
    if (seen->wrong)
        return "a version is read as something else";
    if (seen->differs)
        return "something else is shown, and nothing said";
    if (seen->failed && damage->replica)
        return "no other replica was read";
    if (seen->failed && !seen->told)
        return "a version cannot be read, and the audit is content";
    if (seen->refused && !seen->told)
        return "something cannot be shown, and the audit is content";
    if (seen->noticed && !seen->told)
        return "there was something to notice, and the audit is content";
    return NULL;
}

static void judge(struct bench *bench, const struct damage *damage, const struct seen *seen)
{
    struct tally *const tally = &bench->tally[damage->file->kind];
    const char *const fault = fault_of(damage, seen);

    tally->tried++;
    tally->found += !fault && seen->told;
    tally->harmless += !fault && !seen->told;
    if (!fault)
        return;
    tally->bad++;
    if (bench->bad++ < BAD_MAX)
        fprintf(stderr, "rot: %s: %s: %s%s%s\n", damage->file->path, damage->text, fault,
                seen->why[0] ? ": " : "", seen->why);
}

static void try_it(struct bench *bench, const struct damage *damage)
{
    struct seen seen = {0};

    look(bench, &seen);
    judge(bench, damage, &seen);
}

static struct damage damage_of(const struct original *file)
{
    return (struct damage){.file = file, .replica = text_starts(file->path, "regions/")};
}

/* --- damages --- */

static void put(const struct original *file, size_t offset, const void *bytes, size_t length)
{
    const int fd = open(file->path, O_WRONLY);

    if (fd < 0 || pwrite(fd, bytes, length, (off_t)offset) != (ssize_t)length || close(fd))
        die(file->path, "cannot be written");
}

/* What was published makes other files: all of them are put back. */
static void try_publish(struct bench *bench, const struct damage *damage, const char *file)
{
    struct seen seen = {0};

    look_published(bench, file, &seen);
    /* Whether it works is not asked: that nothing wrong comes of it is. */
    seen = (struct seen){.wrong = seen.wrong, .told = true};
    judge(bench, damage, &seen);
    restore_all(bench);
}

static void flip(struct bench *bench, const struct original *file, size_t offset, unsigned bit)
{
    const uint8_t changed = (uint8_t)(file->bytes[offset] ^ 1u << bit);
    struct damage damage = damage_of(file);

    snprintf(damage.text, sizeof damage.text, "bit %u of byte %zu", bit, offset);
    put(file, offset, &changed, 1);
    if (bench->publishes)
        try_publish(bench, &damage, bench->source);
    else
        try_it(bench, &damage);
    put(file, offset, file->bytes + offset, 1);
}

static void flip_file(struct bench *bench, const struct original *file, size_t step)
{
    for (size_t i = (size_t)(next(&bench->state) % step); i < file->size; i += step)
        flip(bench, file, i, (unsigned)(i / step % 8));
}

static void flips_file(struct bench *bench, const struct original *file, size_t step)
{
    for (size_t i = 0; i < file->size; i += step)
        for (unsigned bit = 0; bit < 8; bit++)
            flip(bench, file, i, bit);
}

static void cut_file(struct bench *bench, const struct original *file, size_t step)
{
    for (size_t i = 0; i < file->size; i += step) {
        struct damage damage = damage_of(file);

        snprintf(damage.text, sizeof damage.text, "cut to %zu of %zu bytes", i, file->size);
        if (truncate(file->path, (off_t)i))
            die(file->path, "cannot be cut");
        try_it(bench, &damage);
        put(file, i, file->bytes + i, file->size - i);
    }
}

static void zero_file(struct bench *bench, const struct original *file, size_t step)
{
    static const uint8_t zeros[ZEROED];

    (void)step;
    for (size_t i = 0; i < file->size; i += ZEROED) {
        const size_t length = file->size - i < ZEROED ? file->size - i : ZEROED;
        struct damage damage = damage_of(file);

        snprintf(damage.text, sizeof damage.text, "%zu zeros at %zu", length, i);
        put(file, i, zeros, length);
        try_it(bench, &damage);
        put(file, i, file->bytes + i, length);
    }
}

static void remove_file(struct bench *bench, const struct original *file, size_t step)
{
    struct damage damage = damage_of(file);

    (void)step;
    snprintf(damage.text, sizeof damage.text, "removed");
    unlink(file->path);
    try_it(bench, &damage);
    restore(file);
}

/* Bytes of "regions/westus2/standard_lrs/1/", 0 for what lies elsewhere. */
static size_t replica_part(const char *path)
{
    size_t length = 0;

    for (int parts = 0; parts < 4; parts++)
        length += strcspn(path + length, "/") + 1;
    return text_starts(path, "regions/") ? length : 0;
}

static bool same_replica(const struct original *left, const struct original *right)
{
    const size_t part = replica_part(left->path);

    return part > 0 && strncmp(left->path, right->path, part) == 0;
}

static void swap_file(struct bench *bench, const struct original *file, size_t step)
{
    const struct original *const end = bench->files.items + bench->files.count;

    (void)step;
    for (const struct original *other = file + 1; other < end; other++) {
        struct damage damage = damage_of(file);

        if (other->kind != file->kind)
            continue;
        damage.replica = same_replica(file, other);
        snprintf(damage.text, sizeof damage.text, "exchanged with %s", other->path);
        write_file(file->path, other->bytes, other->size);
        write_file(other->path, file->bytes, file->size);
        try_it(bench, &damage);
        restore(file);
        restore(other);
    }
}

/* A stretch of a file becomes noise, or what lies elsewhere in it. */
static void spoil_stretch(struct bench *bench, struct damage *damage)
{
    const struct original *const file = damage->file;
    const size_t from = (size_t)(next(&bench->state) % file->size);
    const size_t length = 1 + (size_t)(next(&bench->state) % (file->size - from));
    uint8_t *const bytes = mem_copy(file->bytes + from, length);

    if (next(&bench->state) % 2)
        for (size_t i = 0; i < length; i++)
            bytes[i] = (uint8_t)next(&bench->state);
    else
        memcpy(bytes, file->bytes, length);
    snprintf(damage->text, sizeof damage->text, "%zu bytes spoilt at %zu", length, from);
    put(file, from, bytes, length);
    free(bytes);
}

static void spoil(struct bench *bench, struct damage *damage)
{
    const struct original *const file = damage->file;
    const size_t at = (size_t)(next(&bench->state) % file->size);
    const uint8_t flipped = (uint8_t)(file->bytes[at] ^ 1u << next(&bench->state) % 8);

    switch (next(&bench->state) % 4) {
    case 0:
        snprintf(damage->text, sizeof damage->text, "cut to %zu", at);
        if (truncate(file->path, (off_t)at))
            die(file->path, "cannot be cut");
        break;
    case 1:
        snprintf(damage->text, sizeof damage->text, "bit in %zu", at);
        put(file, at, &flipped, 1);
        break;
    case 2:
        snprintf(damage->text, sizeof damage->text, "grown");
        put(file, file->size, file->bytes, at + 1);
        break;
    default:
        spoil_stretch(bench, damage);
    }
}

/* One to three files, of any directories, or all of one replica. */
static void try_random(struct bench *bench)
{
    const struct original *spoilt[3];
    const size_t count = 1 + (size_t)(next(&bench->state) % 3);
    struct damage damage = {0};
    char text[PATH_SIZE] = "";

    for (size_t i = 0; i < count; i++) {
        struct damage one = {0};

        spoilt[i] = one.file = &bench->files.items[next(&bench->state) % bench->files.count];
        spoil(bench, &one);
        snprintf(damage.text, sizeof damage.text, "%.200s; %.100s %.100s", text, one.file->path,
                 one.text);
        snprintf(text, sizeof text, "%s", damage.text);
    }
    damage.file = spoilt[0];
    damage.replica = true;
    for (size_t i = 0; i < count; i++)
        damage.replica &= same_replica(spoilt[0], spoilt[i]);
    try_it(bench, &damage);
    for (size_t i = 0; i < count; i++)
        restore(spoilt[i]);
}

/* --- the whole --- */

static const struct {
    const char *word;
    void (*each)(struct bench *bench, const struct original *file, size_t step);
    bool publishes;
} damages[] = {
    {"flip", flip_file, false},   {"flips", flips_file, false},   {"cut", cut_file, false},
    {"zero", zero_file, false},   {"remove", remove_file, false}, {"swap", swap_file, false},
    {"publish", flip_file, true},
};

static bool run_damage(struct bench *bench, const char *word, size_t count)
{
    if (strcmp(word, "random") == 0) {
        for (size_t i = 0; i < count; i++)
            try_random(bench);
        return true;
    }
    for (size_t i = 0; i < sizeof damages / sizeof *damages; i++) {
        if (strcmp(word, damages[i].word) != 0)
            continue;
        bench->publishes = damages[i].publishes;
        for (size_t j = 0; j < bench->files.count; j++)
            damages[i].each(bench, &bench->files.items[j], count);
        return true;
    }
    return false;
}

/* A store that is not as it should be proves nothing. */
static void look_first(struct bench *bench)
{
    const enum plant plant = bench->plant;
    struct seen seen = {0};

    bench->plant = PLANT_NONE;
    look(bench, &seen);
    if (seen.told || seen.failed || seen.wrong || seen.refused || seen.noticed)
        die("the store is not sound to begin with", seen.why);
    bench->plant = plant;
}

static enum plant plant_of(const char *argument)
{
    static const char *const words[] = {"none", "blind", "unchecked", "alone", "guess"};

    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (text_starts(argument, "--plant=") && strcmp(argument + 8, words[i]) == 0)
            return (enum plant)i;
    die(argument, "unknown");
    return PLANT_NONE;
}

static void report(const struct bench *bench)
{
    for (size_t i = 0; i < KINDS; i++) {
        const struct tally *const tally = &bench->tally[i];

        if (tally->tried > 0)
            printf("%s\t%lu\t%lu\t%lu\t%lu\n", rot_words[i], tally->tried, tally->found,
                   tally->harmless, tally->bad);
    }
}

static void add_regions(struct bench *bench, char *list)
{
    for (char *word = strtok_r(list, ",", &list); word; word = strtok_r(NULL, ",", &list))
        texts_add(&bench->regions, word);
}

int main(int argc, char **argv)
{
    static struct bench bench = {
        .context = {.store_path = ".",
                    .lock_wait_ms = -1,
                    .threads = 1,
                    .user = &bench,
                    .now = fixed_time,
                    .random = fixed_random,
                    .notice = count_notice},
        .state = UINT64_C(0x9e3779b97f4a7c15),
    };

    if (argc > 1 && argv[1][0] == '-') {
        bench.plant = plant_of(argv[1]);
        argc--, argv++;
    }
    if (argc < 6) {
        fprintf(stderr, "usage: rot [--plant=PLANT] STORE DAMAGE COUNT REGIONS VERSION=FILE...\n");
        return 2;
    }
    for (int i = 5; i < argc; i++)
        add_disk(&bench, argv[i]);
    bench.source = argv[5] + strlen(argv[5]) + 1;
    if (chdir(argv[1]))
        die(argv[1], "no directory");
    add_regions(&bench, argv[4]);
    find_files(&bench);
    for (size_t i = 0; i < bench.disks.count; i++)
        find_spots(&bench, &bench.disks.items[i]);
    look_first(&bench);
    if (!run_damage(&bench, argv[2], strtoul(argv[3], NULL, 10)))
        die(argv[2], "is no damage");
    report(&bench);
    return bench.bad > 0;
}
