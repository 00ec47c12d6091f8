/* cmd_line: command lines: words, separated by newlines, read as the program reads them, and completed as if
 * each were being typed. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "cmd/invocation.h"
#include "tests/fuzz/fuzz.h"

enum { WORDS_MAX = 24, BEFORE = 3 };

/* What would read files or standard input is none of a parser's business. */
static bool reads_more(const char *word)
{
    return strchr(word, '@') || strcmp(word, "-") == 0 || text_ends(word, "=-");
}

static void try_line(const char *const *words, size_t count)
{
    struct invocation invocation = {0};
    struct err err = {0};

    if (invocation_parse(&invocation, words, count, &err))
        insist(err.code < 0 && err.text[0] != '\0');
    else
        insist(invocation.command || !invocation.request);
    invocation_done(&invocation);
}

/* The first line of an answer names what the shell adds; no line is empty but a candidate for "". */
static void try_completion(const char *const *words, size_t count, const char *shell)
{
    const char *line[BEFORE + WORDS_MAX] = {"complete", shell, "--"};
    const struct context context = {0};
    struct invocation invocation = {0};
    struct buf text = {0};
    struct run run = {.text = &text, .context = &context};
    struct err err = {0};

    if (count > 0)
        memcpy(line + BEFORE, words, count * sizeof *words);
    if (invocation_parse(&invocation, line, BEFORE + count, &err) == 0) {
        insist(invocation.command->run(&run, invocation.request, NULL, &err) == 0);
        insist(text_starts(buf_text(&text), "words\n") || text_starts(buf_text(&text), "files\n") ||
               text_starts(buf_text(&text), "directories\n"));
    }
    invocation_done(&invocation);
    buf_done(&text);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char *const text = mem_new(size + 1, 1);
    const char *words[WORDS_MAX];
    size_t count = 0;

    if (size)
        memcpy(text, data, size);
    for (char *word = text; word && count < WORDS_MAX;) {
        char *end = strchr(word, '\n');

        if (end)
            *end++ = '\0';
        if (reads_more(word))
            goto out;
        words[count++] = word;
        word = end;
    }
    try_line(words, count);
    for (size_t i = 0; i <= count; i++) {
        try_completion(words, i, "bash");
        try_completion(words, i, "fish");
    }
out:
    free(text);
    return 0;
}
