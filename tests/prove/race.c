/* race THEME RACERS ROUNDS SEED: many `sig` processes at once on one small store, in the working
 * directory, some of them killed, some suspended for a while; then what they reported is held
 * against a sequential model (race_model.h), every disk against what was published, and the store
 * against an audit before and after a sweep.
 *
 *   mixed      publishers, updaters, deleters, replicators, sweepers, exporters; kills
 *   creators   several publishers of each version, with other content or the same; sweepers
 *   updaters   for each version one updater of each property
 *
 * $BUILD/sig is the program; RACE_SIG another one for the racers, RACE_PRELOAD is preloaded into
 * them. RACE_LIMIT: seconds after which a round hangs (60). Prints "RACES KILLED STOPPED", or what
 * is wrong on standard error and ends with 1.
 */
#include <inttypes.h>

#include "tests/prove/race_sig.h"

enum {
    RACERS_MAX = 512,
    DIGEST_SIZE = 65,
    LIMIT = 60,     /* seconds: a round takes one or two */
    VALUES = 50000, /* of a property, before they come again */
    NOT_FOUND = 3,  /* statuses of the program */
    CONFLICT = 4,
    CORRUPT = 6,
};

#define SECOND      INT64_C(1000000000)
#define MILLISECOND INT64_C(1000000)

struct race {
    const char *theme;
    size_t racers;
    uint64_t random;
    uint16_t values; /* given so far */
    const char *program;
    struct state states[VERSIONS]; /* as the round began */
    char digests[CONTENTS][DIGEST_SIZE];
    struct racer racer[RACERS_MAX];
    unsigned long races, killed, stopped;
};

static int64_t now(void)
{
    struct timespec time;

    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec * SECOND + time.tv_nsec;
}

static uint64_t below(struct race *race, uint64_t limit)
{
    return next(&race->random) % limit;
}

/* Until then, or until a racer has ended. SIGCHLD is blocked. */
static void sleep_until(int64_t at)
{
    const int64_t left = at - now();
    const struct timespec span = {.tv_sec = left / SECOND, .tv_nsec = left % SECOND};
    sigset_t child;

    sigemptyset(&child);
    sigaddset(&child, SIGCHLD);
    if (left > 0)
        sigtimedwait(&child, NULL, &span);
}

/* --- who does what, and when --- */

/* A value that it had never, or not for long; yes or no where there is nothing else. */
static void choose_value(struct race *race, struct racer *racer, int property)
{
    racer->property = property;
    if (property == REGIONS || property == EXCLUDE)
        racer->value = (uint16_t)below(race, 2);
    else
        racer->value = race->values = (uint16_t)(race->values % VALUES + 1);
}

static void choose_mixed(struct race *race, struct racer *racer)
{
    static const enum deed deeds[] = {CREATE, CREATE,    CREATE, CREATE, UPDATE, UPDATE, DELETE,
                                      EXPORT, REPLICATE, SWEEP,  SWEEP,  EXPORT, SHOW,   AUDIT};

    racer->deed = deeds[below(race, sizeof deeds / sizeof *deeds)];
    racer->version = (int)below(race, VERSIONS);
    racer->content = (int)below(race, 2) ? (int)below(race, CONTENTS) : racer->version;
    racer->property = -1;
    if (racer->deed == UPDATE || (racer->deed == CREATE && below(race, 2)))
        choose_value(race, racer, (int)below(race, PROPERTIES));
    if (below(race, 4) == 0)
        racer->kill_at = 1 + (int64_t)below(race, 80) * MILLISECOND;
}

/* Every other version gets one content from all, the rest any content from anybody. */
static void choose_creator(struct racer *racer, size_t number)
{
    racer->property = -1;
    racer->version = (int)(number % VERSIONS);
    racer->content = racer->version % 2 ? racer->version : (int)(number / VERSIONS % CONTENTS);
    racer->deed = number % 11 == 10 ? SWEEP : CREATE;
}

static void choose_updater(struct race *race, struct racer *racer, size_t number)
{
    racer->deed = UPDATE;
    racer->version = (int)(number % VERSIONS);
    choose_value(race, racer, (int)(number / VERSIONS % PROPERTIES));
    if (number >= (size_t)VERSIONS * PROPERTIES)
        racer->deed = number % 2 ? SHOW : REPLICATE;
}

static void choose(struct race *race)
{
    for (size_t i = 0; i < race->racers; i++) {
        struct racer *const racer = &race->racer[i];

        *racer = (struct racer){0};
        if (!strcmp(race->theme, "creators"))
            choose_creator(racer, i);
        else if (!strcmp(race->theme, "updaters"))
            choose_updater(race, racer, i);
        else
            choose_mixed(race, racer);
        racer->start_at = (int64_t)below(race, 2 * race->racers) * MILLISECOND;
        if (below(race, 4))
            continue;
        racer->stop_at = 1 + (int64_t)below(race, 80) * MILLISECOND;
        racer->go_at = racer->stop_at + (int64_t)below(race, 300) * MILLISECOND;
    }
}

/* --- a round --- */

/* Send what is due; returns when the next is, INT64_MAX when nothing is. */
static int64_t signal_racer(struct racer *racer, int64_t at, int64_t soonest)
{
    const struct {
        int64_t *due;
        int number;
        bool *noted;
    } signals[] = {
        {&racer->stop_at, SIGSTOP, &racer->stopped},
        {&racer->kill_at, SIGKILL, &racer->killed},
        {&racer->go_at, SIGCONT, &racer->stopped},
    };

    for (size_t i = 0; i < sizeof signals / sizeof *signals; i++) {
        if (*signals[i].due == 0)
            continue;
        if (racer->start + *signals[i].due > at) {
            if (racer->start + *signals[i].due < soonest)
                soonest = racer->start + *signals[i].due;
            continue;
        }
        kill(racer->pid, signals[i].number);
        *signals[i].noted = true;
        *signals[i].due = 0;
    }
    return soonest;
}

static void begin(struct race *race, struct racer *racer)
{
    const size_t number = (size_t)(racer - race->racer) + 1;
    struct words words = {0};

    words_of(racer, number, &words);
    racer->start = now();
    racer->pid = launch(race->program, &words, number, true);
    if (racer->pid < 0) {
        perror("fork");
        exit(2);
    }
}

static void reap(struct race *race)
{
    int status;

    for (pid_t pid; (pid = waitpid(-1, &status, WNOHANG)) > 0;)
        for (size_t i = 0; i < race->racers; i++) {
            struct racer *const racer = &race->racer[i];

            if (racer->pid != pid)
                continue;
            racer->pid = -1;
            racer->end = now();
            racer->status = WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
            race->races++;
            race->killed += racer->status == -SIGKILL;
            race->stopped += racer->stopped;
        }
}

static void tell_hanging(struct race *race)
{
    for (size_t i = 0; i < race->racers; i++) {
        struct words words = {0};

        if (race->racer[i].pid <= 0)
            continue;
        words_of(&race->racer[i], i + 1, &words);
        fprintf(stderr, "hangs:");
        print_words(&words);
        fprintf(stderr, "\n");
        kill(race->racer[i].pid, SIGKILL);
    }
}

/* All racers, to their ends. False when some never end. */
static bool play(struct race *race)
{
    const char *limit = getenv("RACE_LIMIT");
    const int64_t begun = now(), last = begun + (limit ? atol(limit) : LIMIT) * SECOND;
    size_t left = race->racers;

    while (left > 0) {
        const int64_t at = now();
        int64_t soonest = at + 20 * MILLISECOND;

        left = 0;
        for (size_t i = 0; i < race->racers; i++) {
            struct racer *const racer = &race->racer[i];

            left += racer->pid >= 0;
            if (racer->pid > 0)
                soonest = signal_racer(racer, at, soonest);
            else if (racer->pid == 0 && begun + racer->start_at <= at)
                begin(race, racer);
            else if (racer->pid == 0 && begun + racer->start_at < soonest)
                soonest = begun + racer->start_at;
        }
        if (at > last) {
            tell_hanging(race);
            return false;
        }
        sleep_until(soonest);
        reap(race);
    }
    return true;
}

/* --- what they have reported --- */

static const char *file_of(const struct race *race, const struct racer *racer, const char *what,
                           char name[static 32])
{
    snprintf(name, 32, "%s.%zu", what, (size_t)(racer - race->racer) + 1);
    return name;
}

/* Whether a deletion of its version ran beside it. */
static bool meets_deletion(const struct race *race, const struct racer *racer)
{
    for (size_t i = 0; i < race->racers; i++) {
        const struct racer *const other = &race->racer[i];

        if (other->deed == DELETE && other->version == racer->version &&
            other->start < racer->end && other->end > racer->start)
            return true;
    }
    return false;
}

/* The text behind a key of the JSON that was shown, "" when it is not there. */
static void shown_text(const char *file, const char *key, char *text, size_t size)
{
    char line[400];
    FILE *shown = fopen(file, "r");

    text[0] = '\0';
    while (shown && !text[0] && fgets(line, sizeof line, shown)) {
        const char *at = strstr(line, key);

        if (at)
            snprintf(text, size, "%.*s", (int)strcspn(at + strlen(key), "\",\n"), at + strlen(key));
    }
    if (shown)
        fclose(shown);
}

static struct state shown_state(const struct race *race, const char *file)
{
    struct state state = {.there = true, .content = CONTENT_UNKNOWN};
    char text[80];
    struct tm tm = {0};

    shown_text(file, "\"diskDigest\": \"", text, sizeof text);
    for (int8_t c = 0; c < CONTENTS; c++)
        if (!strcmp(text, race->digests[c]))
            state.content = c;
    shown_text(file, "\"n\": \"", text, sizeof text);
    state.property[TAG] = (uint16_t)strtoul(text, NULL, 10);
    shown_text(file, "\"endOfLifeDate\": \"", text, sizeof text);
    if (sscanf(text, "%d-%d-%d", &tm.tm_year, &tm.tm_mon, &tm.tm_mday) == 3) {
        tm.tm_year -= 1900;
        tm.tm_mon -= 1;
        state.property[END_OF_LIFE] = (uint16_t)((timegm(&tm) - day_of(0)) / 86400);
    }
    state.property[REGIONS] = has_text(file, "\"West US 2\"");
    shown_text(file, "\"excludeFromLatest\": ", text, sizeof text);
    state.property[EXCLUDE] = strcmp(text, "true") == 0;
    return state;
}

/* What its status says, of those that changed something. */
static bool changer_event(const struct race *race, const struct racer *racer, struct event *event)
{
    char name[32];
    const bool met = meets_deletion(race, racer);
    const bool other = racer->status == CONFLICT && racer->deed == CREATE &&
                       has_text(file_of(race, racer, "said", name), "with other content");

    event->kind = racer->deed == CREATE   ? EVENT_CREATED
                  : racer->deed == UPDATE ? EVENT_UPDATED
                                          : EVENT_DELETED;
    if (other)
        event->kind = EVENT_OTHER;
    else if (racer->status == NOT_FOUND && racer->deed == UPDATE && !met)
        event->kind = EVENT_ABSENT;
    else if (racer->status == -SIGKILL ||
             (met && (racer->status == NOT_FOUND || racer->status == CONFLICT)))
        event->maybe = true;
    else
        return racer->status == 0;
    return true;
}

static bool reader_event(const struct race *race, const struct racer *racer, struct event *event)
{
    char name[32];

    event->kind = racer->deed == EXPORT ? EVENT_EXPORTED : EVENT_SHOWN;
    if (racer->status == NOT_FOUND)
        event->kind = EVENT_ABSENT;
    else if (racer->status != 0) {
        /* Published anew meanwhile. When that was within a second and with the same content, what
         * was swept between the two looks like damage; the audit would find it if it were. */
        event->maybe = true;
        return racer->deed == EXPORT && meets_deletion(race, racer) &&
               (racer->status == CONFLICT || racer->status == CORRUPT);
    } else if (racer->deed == EXPORT)
        event->content = (int8_t)content_of(file_of(race, racer, "out", name));
    else
        event->seen = shown_state(race, file_of(race, racer, "shown", name));
    return event->content != CONTENT_UNKNOWN;
}

/* False when it ended as it must not. */
static bool event_of(const struct race *race, const struct racer *racer, struct event *event)
{
    *event = (struct event){
        .start = racer->start,
        .end = racer->end,
        .content = (int8_t)racer->content,
        .property = racer->property,
        .value = racer->value,
    };
    switch (racer->deed) {
    case CREATE:
    case UPDATE:
    case DELETE:
        return changer_event(race, racer, event);
    case EXPORT:
    case SHOW:
        return racer->status == -SIGKILL || reader_event(race, racer, event);
    case REPLICATE:
    case SWEEP:
    case AUDIT:
        break;
    }
    return racer->status == 0 || racer->status == -SIGKILL;
}

/* --- what is held against it --- */

static void print_state(const char *what, const struct state *state)
{
    if (!state->there)
        fprintf(stderr, "    %s: absent\n", what);
    else
        fprintf(stderr, "    %s: content %d, n=%u, end of life %u, both regions %u, exclude %u\n",
                what, state->content, state->property[TAG], state->property[END_OF_LIFE],
                state->property[REGIONS], state->property[EXCLUDE]);
}

static void print_history(const struct race *race, int version)
{
    int64_t begun = INT64_MAX;

    for (size_t i = 0; i < race->racers; i++)
        if (race->racer[i].start < begun)
            begun = race->racer[i].start;
    for (size_t i = 0; i < race->racers; i++) {
        const struct racer *const racer = &race->racer[i];
        struct words words = {0};
        char name[32];

        if (racer->version != version || racer->deed > SHOW)
            continue;
        words_of(racer, i + 1, &words);
        fprintf(stderr, "    %9.3f to %9.3f ms: status %d:", (double)(racer->start - begun) / 1e6,
                (double)(racer->end - begun) / 1e6, racer->status);
        print_words(&words);
        fprintf(stderr, "\n");
        print_file(file_of(race, racer, "said", name));
        if (racer->deed == SHOW && racer->status == 0) {
            const struct state state = shown_state(race, file_of(race, racer, "shown", name));

            print_state("    it was", &state);
        }
    }
}

/* What the version is now that nobody is at work; false when that cannot be told. */
static bool look(const struct race *race, int version, struct state *state)
{
    struct words words = {0};
    int status;

    *state = (struct state){0};
    add_version(&words, "show", version);
    status = run(&words);
    if (status == NOT_FOUND)
        return true;
    if (status == 0)
        *state = shown_state(race, "shown.0");
    if (status != 0 || state->content == CONTENT_UNKNOWN) {
        fprintf(stderr, "version 1.%d.0 cannot be shown, status %d\n", version, status);
        print_file("said.0");
        return false;
    }
    return true;
}

static bool export_is_exact(const struct state *state, int version, const char *region)
{
    struct words words = {0};

    add_version(&words, "export", version);
    add(&words, "out.0");
    add(&words, "--force");
    if (region) {
        add(&words, "--region");
        add(&words, "%s", region);
    }
    if (must(&words) && content_of("out.0") == state->content)
        return true;
    fprintf(stderr, "version 1.%d.0 does not come back as it was published\n", version);
    return false;
}

/* Its history, with what it is now; the next round begins with that. */
static bool check_version(struct race *race, int version)
{
    struct event events[EVENTS_MAX], *last;
    struct state before = race->states[version];
    size_t count = 0;

    for (size_t i = 0; i < race->racers && count < EVENTS_MAX - 1; i++) {
        const struct racer *const racer = &race->racer[i];
        const bool reads = racer->deed == EXPORT || racer->deed == SHOW;

        if (racer->version == version && racer->deed <= SHOW &&
            !(reads && racer->status == -SIGKILL))
            event_of(race, racer, &events[count++]);
    }
    if (!look(race, version, &race->states[version]))
        return false;
    last = &events[count++];
    *last = (struct event){.kind = EVENT_SHOWN, .start = now(), .end = now()};
    last->seen = race->states[version];
    if (history_fits(events, count, &before))
        return !last->seen.there || export_is_exact(&last->seen, version, NULL);
    fprintf(stderr, "version 1.%d.0: nothing done one after the other gives this:\n", version);
    print_state("before", &before);
    print_state("now", &last->seen);
    print_history(race, version);
    return false;
}

static bool check_statuses(const struct race *race)
{
    bool right = true;

    for (size_t i = 0; i < race->racers; i++) {
        const struct racer *const racer = &race->racer[i];
        struct words words = {0};
        struct event event;
        char name[32];

        if (event_of(race, racer, &event))
            continue;
        words_of(racer, i + 1, &words);
        fprintf(stderr, "ended with status %d:", racer->status);
        print_words(&words);
        fprintf(stderr, "\n");
        print_file(file_of(race, racer, "said", name));
        right = false;
    }
    return right;
}

static bool must_run(const char *word, const char *flag)
{
    struct words words = {0};

    add(&words, "sig");
    add(&words, "%s", word);
    if (flag)
        add(&words, "%s", flag);
    return must(&words);
}

/* Nothing is wrong, what is missing can be copied, and a sweep leaves all that is needed and nothing
 * else. */
static bool check_store(const struct race *race)
{
    bool right = must_run("audit", NULL) && must_run("replicate", NULL) &&
                 must_run("sweep", "--force") && must_run("audit", NULL);

    if (right &&
        (!has_text("shown.0", "\"findings\": []") || !has_text("shown.0", "\"bytesUnused\": 0"))) {
        fprintf(stderr, "after a sweep not all is well:\n");
        print_file("shown.0");
        right = false;
    }
    for (int v = 0; right && v < VERSIONS; v++) {
        const struct state *const state = &race->states[v];

        if (state->there)
            right = export_is_exact(state, v, "local") &&
                    (!state->property[REGIONS] || export_is_exact(state, v, "westus2"));
    }
    return right;
}

/* Before publishers and updaters of all versions race: none is there, or all are. */
static bool level(struct race *race, bool there)
{
    for (int v = 0; v < VERSIONS; v++) {
        struct words words = {0};
        const struct racer racer = {
            .deed = there ? CREATE : DELETE, .version = v, .content = v % CONTENTS, .property = -1};

        words_of(&racer, 0, &words);
        if (race->states[v].there != there && !must(&words))
            return false;
        if (!look(race, v, &race->states[v]))
            return false;
    }
    return true;
}

static bool play_round(struct race *race)
{
    bool right = true;

    if (strcmp(race->theme, "mixed") && !level(race, !strcmp(race->theme, "updaters")))
        return false;
    choose(race);
    if (!play(race))
        return false;
    for (int v = 0; v < VERSIONS; v++)
        right = check_version(race, v) && right;
    right = check_statuses(race) && right;
    return right && check_store(race);
}

/* --- before the first round --- */

static bool make_gallery(void)
{
    struct words gallery = {0}, definition = {0};
    static const char *const flags[] = {"--publisher", "a", "--offer",   "b",
                                        "--sku",       "c", "--os-type", "Linux"};

    add(&gallery, "sig");
    add(&gallery, "gallery");
    add(&gallery, "create");
    add(&gallery, "prod");
    add(&definition, "sig");
    add(&definition, "image-definition");
    add(&definition, "create");
    add(&definition, "prod/ubuntu");
    for (size_t i = 0; i < sizeof flags / sizeof *flags; i++)
        add(&definition, "%s", flags[i]);
    return must(&gallery) && must(&definition);
}

/* What the program says of each disk: it is asked once, when nobody is at work. */
static bool learn_digests(struct race *race)
{
    for (int c = 0; c < CONTENTS; c++) {
        const struct racer maker = {.deed = CREATE, .version = c, .content = c, .property = -1};
        const struct state made = {.there = true, .content = (int8_t)c};
        struct words words = {0};

        if (!write_disk(c))
            return false;
        words_of(&maker, 0, &words);
        if (!must(&words) || !export_is_exact(&made, c, NULL) || !must(&words))
            return false;
        shown_text("shown.0", "\"diskDigest\": \"", race->digests[c], DIGEST_SIZE);
        race->states[c] = made;
    }
    return true;
}

int main(int argc, char **argv)
{
    static struct race race;
    char program[4096];
    sigset_t child;
    long rounds;

    if (argc != 5 || !getenv("BUILD")) {
        fprintf(stderr, "usage: BUILD=DIRECTORY race THEME RACERS ROUNDS SEED\n");
        return 2;
    }
    snprintf(program, sizeof program, "%s/sig", getenv("BUILD"));
    race.theme = argv[1];
    race.racers = strtoul(argv[2], NULL, 10);
    race.random = strtoull(argv[4], NULL, 10) * 2 + 1;
    race.program = getenv("RACE_SIG") ? getenv("RACE_SIG") : program;
    rounds = atol(argv[3]);
    sigemptyset(&child);
    sigaddset(&child, SIGCHLD);
    sigprocmask(SIG_BLOCK, &child, NULL);
    setenv("SIG_STORE", "store", 1);
    if (race.racers > RACERS_MAX || !make_gallery() || !learn_digests(&race))
        return 2;
    for (long round = 0; round < rounds; round++)
        if (!play_round(&race)) {
            fprintf(stderr, "%s: round %ld of seed %s went wrong\n", race.theme, round, argv[4]);
            return 1;
        }
    printf("%lu %lu %lu\n", race.races, race.killed, race.stopped);
    return 0;
}
