/* From argv to exit status: what is asked, the store opened for it, the result printed. */
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/number.h"
#include "base/text.h"
#include "cmd/help.h"
#include "cmd/ids.h"
#include "cmd/invocation.h"
#include "cmd/progress.h"
#include "cmd/region_words.h"
#include "cmd/render.h"
#include "cmd/seed.h"
#include "cmd/wait.h"
#include "gallery.h"

#define NANOSECONDS UINT64_C(1000000000)

/* What the library's calls back find behind context.user. */
struct surroundings {
    int64_t fixed_now;     /* SIG_CLOCK */
    uint64_t random_state; /* from SIG_RANDOM */
    struct progress_view progress;
    bool quiet;   /* no notes */
    bool verbose; /* each step */
    bool debug;   /* each detail */
    uint64_t started;
};

static void print_inert(const char *before, const char *text)
{
    struct buf line = {0};

    buf_add_text(&line, before);
    text_add_inert(&line, text);
    fprintf(stderr, "%s\n", buf_text(&line));
    buf_done(&line);
}

static void print_error(const struct err *err)
{
    print_inert("sig: ", err->text);
    if (err->hint[0] != '\0')
        print_inert("hint: ", err->hint);
}

static void print_notice(void *user, const char *text)
{
    struct surroundings *const surroundings = user;

    if (surroundings->quiet)
        return;
    progress_clear(&surroundings->progress);
    print_inert("sig: note: ", text);
}

static uint64_t ticks(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * NANOSECONDS + (uint64_t)now.tv_nsec;
}

static bool is_set(const struct opt_bool *flag)
{
    return flag->set && flag->value;
}

/* When, since the start, and what. */
static void print_trace(void *user, enum trace_level level, const char *text)
{
    struct surroundings *const surroundings = user;
    char before[64];

    if (level == TRACE_DETAIL && !surroundings->debug)
        return;
    progress_clear(&surroundings->progress);
    snprintf(before, sizeof before,
             "sig: %.3f s: ", (double)(ticks() - surroundings->started) / NANOSECONDS);
    print_inert(before, text);
}

static void draw_progress(void *user, const struct progress *progress)
{
    struct surroundings *const surroundings = user;
    struct buf line = {0};

    progress_show(&surroundings->progress, progress);
    if (!surroundings->verbose || !progress->finished)
        return;
    buf_printf(&line, "%s %s", progress->action, progress->what);
    if (progress->region)
        buf_printf(&line, " %s", progress->region);
    buf_add_text(&line, ": done, ");
    number_add_size(&line, progress->done);
    print_trace(user, TRACE_STEP, buf_text(&line));
    buf_done(&line);
}

/* What it took, all in all. */
static void print_summary(struct surroundings *surroundings, int rc)
{
    struct buf line = {0};
    struct rusage usage;

    getrusage(RUSAGE_SELF, &usage);
    buf_printf(&line, "exit status %d; %.3f s of processor time, at most ",
               err_kind(rc)->exit_status,
               (double)(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) +
                   (double)(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6);
    number_add_size(&line, (uint64_t)usage.ru_maxrss * 1024);
    buf_add_text(&line, " of memory");
    print_trace(surroundings, TRACE_STEP, buf_text(&line));
    buf_done(&line);
}

/* Nothing takes any time then. */
static uint64_t fixed_ticks(void *user)
{
    (void)user;
    return 0;
}

static int64_t fixed_now(void *user)
{
    const struct surroundings *const surroundings = user;

    return surroundings->fixed_now;
}

static void seeded_random(void *user, void *bytes, size_t length)
{
    struct surroundings *const surroundings = user;
    uint8_t *const out = bytes;

    for (size_t i = 0; i < length; i++)
        out[i] = (uint8_t)(seed_next(&surroundings->random_state) >> 32);
}

/* --store, $SIG_STORE, $XDG_DATA_HOME/sig, $HOME/.local/share/sig. To be released with free. An
 * empty variable is as good as none, and so is a relative XDG_DATA_HOME, by that specification. */
static int find_store(const struct globals *globals, char **ret, struct err *err)
{
    const char *const store = getenv("SIG_STORE");
    const char *const data = getenv("XDG_DATA_HOME");
    const char *const home = getenv("HOME");

    if (globals->store && !*globals->store) {
        err_set(err, E_USAGE, "'--store' names no directory");
        return err_hint(err, "is the variable that it comes from set?");
    }
    if (globals->store)
        *ret = text_copy(globals->store);
    else if (store && *store)
        *ret = text_copy(store);
    else if (data && *data == '/')
        *ret = text_printf("%s/sig", data);
    else if (home && *home)
        *ret = text_printf("%s/.local/share/sig", home);
    else {
        err_set(err, E_USAGE, "no store is named, and HOME is not set");
        return err_hint(err, "name it with '--store DIR' or in SIG_STORE");
    }
    return 0;
}

static int fill_context(struct context *context, struct surroundings *surroundings,
                        const struct globals *globals, struct err *err)
{
    const char *const instant = getenv("SIG_CLOCK");
    const char *const seed = getenv("SIG_RANDOM");
    const char *const threads = getenv("SIG_THREADS");
    const char *const temporary = getenv("TMPDIR");

    surroundings->quiet = is_set(&globals->only_errors);
    surroundings->debug = is_set(&globals->debug);
    surroundings->verbose = surroundings->debug || is_set(&globals->verbose);
    surroundings->started = ticks();
    *context = (struct context){
        .threads = globals->threads.set ? (size_t)globals->threads.value : 0,
        .temporary = temporary && *temporary ? temporary : NULL,
        .lock_wait_ms = globals->lock_wait.set ? (int)globals->lock_wait.value * 1000 : -1,
        .user = surroundings,
        .progress = draw_progress,
        .notice = print_notice,
        .trace = surroundings->verbose ? print_trace : NULL,
    };
    surroundings->progress = (struct progress_view){
        .style = globals->progress     ? (enum progress_style)globals->progress
                 : surroundings->quiet ? PROGRESS_NONE
                                       : PROGRESS_AUTO,
        .out = stderr,
        .terminal = isatty(STDERR_FILENO) == 1,
        .ticks = ticks,
    };
    if (threads && *threads && !globals->threads.set) {
        int64_t count;

        if (!number_parse(threads, &count) || count < 1 || count > THREADS_MAX)
            return err_set(err, E_USAGE, "SIG_THREADS: '%s' is not a number from 1 to %d", threads,
                           THREADS_MAX);
        context->threads = (size_t)count;
    }
    if (instant && *instant) {
        if (!clock_parse(instant, &surroundings->fixed_now))
            return err_set(err, E_USAGE, "SIG_CLOCK: '%s' is no date and time", instant);
        context->now = fixed_now;
        context->ticks = fixed_ticks;
    }
    if (seed && *seed) {
        surroundings->random_state = seed_of(seed);
        context->random = seeded_random;
    }
    return 0;
}

/* A full disk or a closed pipe shows only here. */
static int print_text(const struct buf *text, struct err *err)
{
    errno = 0;
    if (text->length > 0 && fwrite(text->bytes, 1, text->length, stdout) != text->length)
        return err_os(err, errno, "cannot write standard output");
    if (fflush(stdout))
        return err_os(err, errno, "cannot write standard output");
    return 0;
}

/* What ends a service, in the course of things. */
static const int ends[] = {SIGTERM, SIGINT};

/* They are not delivered from here on, but wait to be asked for: so there is no handler, and no
 * system call that one could cut short. */
static void hold_ends(void)
{
    sigset_t set;

    sigemptyset(&set);
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
        sigaddset(&set, ends[i]);
    sigprocmask(SIG_BLOCK, &set, NULL);
}

static bool end_is_asked_for(void *user)
{
    sigset_t set;
    bool asked = false;

    (void)user;
    if (sigpending(&set) < 0)
        return false;
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
        asked = asked || sigismember(&set, ends[i]) == 1;
    return asked;
}

/* Colours are for eyes: on a terminal that has some, and nobody says otherwise (no-color.org). */
static bool wants_colour(void)
{
    const char *const refused = getenv("NO_COLOR");
    const char *const terminal = getenv("TERM");

    return isatty(STDOUT_FILENO) == 1 && !(refused && *refused) && terminal &&
           strcmp(terminal, "dumb") != 0;
}

/* What the terminal says, else COLUMNS; 0 where there is none. */
static size_t terminal_width(void)
{
    const char *const columns = getenv("COLUMNS");
    struct winsize size;
    int64_t number;

    if (isatty(STDOUT_FILENO) != 1)
        return 0;
    if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0)
        return size.ws_col;
    return columns && number_parse(columns, &number) && number > 0 ? (size_t)number : 0;
}

static struct look look_of(const struct invocation *invocation, const struct context *context)
{
    const struct globals *const globals = &invocation->globals;

    return (struct look){
        .output = globals->output ? (enum output)globals->output : OUTPUT_JSON,
        .colour = wants_colour(),
        .width = terminal_width(),
        .now = context->now ? context->now(context->user) : (int64_t)time(NULL),
        .columns = invocation->columns.count > 0 ? &invocation->columns : NULL,
    };
}

/* `value` is a list when the command lists, or was done for several ids. */
static int add_result(struct buf *text, const struct invocation *invocation,
                      const struct look *look, void *value, struct err *err)
{
    const struct command *const command = invocation->command;
    const struct result result = {
        .shape = command->result,
        .value = value,
        .listed = command->traits & COMMAND_LISTS || invocation_repeats(invocation),
    };

    if (invocation_asks(invocation, NO_WAIT_KEY))
        return 0;
    if (invocation->order.count > 0)
        columns_sort(&invocation->order, command->result, value);
    if (command->result && invocation->query) {
        if (render_query(text, look, &result, invocation->query, err))
            return err_wrap(err, "the command is done, but its result cannot be shown");
    } else if (command->table && look->output == OUTPUT_TABLE && !look->columns) {
        command->table(text, look, value);
    } else if (command->result) {
        render(text, look, &result);
    }
    return 0;
}

/* The same beside an error of the command, which is the one that counts. */
static void add_partial_result(struct buf *text, const struct invocation *invocation,
                               const struct look *look, void *value)
{
    struct err err = {0};

    if (add_result(text, invocation, look, value, &err))
        print_error(&err);
}

/* A list of what could be read, beside what could not; a judgement that is not a good one; what was
 * swept. */
static bool has_result(const struct command *command, const void *result)
{
    if (command->traits & COMMAND_LISTS)
        return list_count(result) > 0;
    return (command->traits & COMMAND_JUDGES) && row_present(&command->result->rows[0], result);
}

/* The store of the command, opened as its traits say; NULL when it needs none. `context` and
 * *ret_path must outlive it. */
static int open_store(const struct invocation *invocation, struct context *context, char **ret_path,
                      struct store **ret, struct err *err)
{
    const unsigned traits = invocation->command->traits;
    enum gal_mode mode = GAL_READ;
    int rc;

    if (traits & COMMAND_OPENS) {
        struct err ignored = {0}; /* it may need none */

        if (find_store(&invocation->globals, ret_path, &ignored) == 0)
            context->store_path = *ret_path;
        return 0;
    }
    if (!(traits & (COMMAND_READS | COMMAND_CHANGES | COMMAND_CREATES)))
        return 0;
    if (traits & COMMAND_CHANGES)
        mode = GAL_CHANGE;
    if (traits & COMMAND_CREATES)
        mode = GAL_CREATE;
    rc = find_store(&invocation->globals, ret_path, err);
    if (rc)
        return rc;
    context->store_path = *ret_path;
    return gal_open(context, mode, ret, err);
}

/* The store, before it is opened for the command; `context` must outlive it. */
static int open_to_look(const struct globals *globals, struct context *context, char **ret_path,
                        struct store **ret, struct err *err)
{
    const int rc = find_store(globals, ret_path, err);

    if (rc)
        return rc;
    context->store_path = *ret_path;
    context->notice = NULL;
    return gal_open(context, GAL_READ, ret, err);
}

/* --subscription names the store that is meant, whatever the command: refused before a store is
 * made, and before anything of another one is touched. */
static int check_subscription(const struct invocation *invocation, const struct context *outside,
                              struct err *err)
{
    const struct globals *const globals = &invocation->globals;
    struct context context = *outside;
    struct store *store = NULL;
    char *path = NULL;
    int rc;

    if (!globals->subscription || invocation_is_asked_as(invocation))
        return 0;
    rc = open_to_look(globals, &context, &path, &store, err);
    if (!rc)
        rc = gal_account_check(store, globals->subscription, err);
    gal_close(store);
    free(path);
    return rc;
}

/* What would be refused in a new store makes none; in one that is there the command decides. */
static int foresee(const struct invocation *invocation, const struct context *outside,
                   struct err *err)
{
    const struct command *const command = invocation->command;
    int rc = command->foresee ? command->foresee(invocation->request, err) : 0;
    struct context context = *outside;
    struct account account = {0};
    struct store *store = NULL;
    struct err ignored = {0};
    char *path = NULL;

    if (rc && open_to_look(&invocation->globals, &context, &path, &store, &ignored) == 0 &&
        gal_account_show(store, &account, &ignored) == 0)
        rc = 0;
    shape_done(&account_shape, &account);
    gal_close(store);
    free(path);
    return rc;
}

/* Before a store is made, too: what is refused makes none. */
static int settle_regions(const struct invocation *invocation, const struct context *outside,
                          struct err *err)
{
    struct context context = *outside;
    struct err ignored = {0}; /* no name may need it */
    char *path = NULL;
    int rc;

    if (find_store(&invocation->globals, &path, &ignored) == 0)
        context.store_path = path;
    rc = region_words_settle(invocation, &context, err);
    free(path);
    return rc;
}

/* Once, and append to `text` what is to be printed. */
static int run_once(const struct invocation *invocation, struct run *run, struct err *err)
{
    const struct command *const command = invocation->command;
    struct surroundings *const surroundings = run->context->user;
    void *const result = command_new_result(command);
    struct look look;
    int rc;

    rc = command->run(run, invocation->request, result, err);
    progress_done(&surroundings->progress);
    look = look_of(invocation, run->context);
    if (run->silent)
        look.output = OUTPUT_NONE;
    if (!rc)
        rc = add_result(run->text, invocation, &look, result, err);
    else if (rc == E_PARTIAL || has_result(command, result))
        add_partial_result(run->text, invocation, &look, result);
    command_free_result(command, result);
    return rc;
}

/* For each of several ids. */
static int run_each(const struct invocation *invocation, struct run *run, struct err *err)
{
    struct surroundings *const surroundings = run->context->user;
    struct results results = {0};
    struct look look;
    int rc;

    rc = ids_run(invocation, run, &results, print_error, err);
    progress_done(&surroundings->progress);
    look = look_of(invocation, run->context);
    if (!rc)
        rc = add_result(run->text, invocation, &look, &results, err);
    else if (results.count)
        add_partial_result(run->text, invocation, &look, &results);
    results_done(invocation->command, &results);
    return rc;
}

static int run_command(const struct invocation *invocation, struct buf *text, struct err *err)
{
    struct surroundings surroundings = {0};
    struct context context;
    struct run run = {
        .text = text,
        .table = invocation->globals.output == OUTPUT_TABLE,
        .subscription =
            invocation_is_asked_as(invocation) ? invocation->globals.subscription : NULL,
        .context = &context,
    };
    char *path = NULL;
    int rc;

    rc = fill_context(&context, &surroundings, &invocation->globals, err);
    if (!rc)
        rc = check_subscription(invocation, &context, err);
    if (!rc)
        rc = settle_regions(invocation, &context, err);
    if (!rc)
        rc = foresee(invocation, &context, err);
    if (rc)
        return rc;
    if (invocation_asks(invocation, WATCH_KEY)) {
        hold_ends();
        context.stop = end_is_asked_for;
    }
    if (invocation->names_ignored)
        print_notice(&surroundings, "--ids says what is meant: the other names are ignored");
    if (invocation->refs_given && invocation->refs.count == 0)
        print_notice(&surroundings, "--ids names nothing: nothing is done");
    rc = open_store(invocation, &context, &path, &run.store, err);
    if (rc == E_NOT_FOUND && invocation->command->traits & COMMAND_DELETES) {
        print_notice(&surroundings, err->text);
        rc = 0;
    } else if (!rc) {
        rc = invocation_repeats(invocation) ? run_each(invocation, &run, err)
                                            : run_once(invocation, &run, err);
    }
    if (run.store)
        gal_close(run.store);
    if (surroundings.verbose)
        print_summary(&surroundings, rc);
    free(path);
    return rc;
}

static int answer(const struct invocation *invocation, struct buf *text, struct err *err)
{
    if (invocation->globals.version.set && invocation->globals.version.value) {
        buf_add_text(text, "sig " SIG_VERSION "\n");
        return 0;
    }
    if (!invocation->command || (invocation->globals.help.set && invocation->globals.help.value)) {
        help_add(text, invocation->noun, invocation->command);
        return 0;
    }
    return run_command(invocation, text, err);
}

/* Closed standard streams are held open, the wrong way round so that using them still fails: else a
 * file of the store could be where messages go. */
static void hold_standard_streams(void)
{
    static const char *const modes[] = {"w", "r", "r"};

    for (int number = STDIN_FILENO; number <= STDERR_FILENO; number++) {
        const int copy = dup(number);

        if (copy >= 0)
            close(copy);
        else if (errno != EBADF || !fopen("/dev/null", modes[number]))
            return;
    }
}

int main(int argc, char **argv)
{
    struct invocation invocation = {0};
    struct buf text = {0};
    struct err err = {0};
    struct err print_err = {0};
    int rc;

    /* A closed pipe and a file size limit are errors of a write, not the end of the process. */
    signal(SIGPIPE, SIG_IGN);
    signal(SIGXFSZ, SIG_IGN);
    hold_standard_streams();
    rc = invocation_parse(&invocation, (const char *const *)argv + 1,
                          argc > 0 ? (size_t)argc - 1 : 0, &err);
    if (!rc)
        rc = answer(&invocation, &text, &err);
    if (rc)
        print_error(&err);
    if (print_text(&text, &print_err)) {
        if (print_err.os != EPIPE) /* "| head" has seen enough */
            print_error(&print_err);
        rc = rc ? rc : print_err.code;
    }
    buf_done(&text);
    invocation_done(&invocation);
    return err_kind(rc)->exit_status;
}
