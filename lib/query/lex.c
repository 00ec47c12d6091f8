/* From text to tokens. */
#include "query/room.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "base/vec.h"

struct lexer {
    const char *text;
    size_t at;
    struct tokens *tokens;
    struct err *err;
};

/* The longer ones first where one begins another. */
static const struct {
    const char *text;
    enum token_kind kind;
} signs[] = {
    {"[?", TOKEN_FILTER},       {"[]", TOKEN_FLATTEN},   {"[", TOKEN_OPEN_BRACKET},
    {"]", TOKEN_CLOSE_BRACKET}, {"{", TOKEN_OPEN_BRACE}, {"}", TOKEN_CLOSE_BRACE},
    {"(", TOKEN_OPEN},          {")", TOKEN_CLOSE},      {"||", TOKEN_OR},
    {"|", TOKEN_PIPE},          {"&&", TOKEN_AND},       {"&", TOKEN_REFERENCE},
    {"==", TOKEN_EQUAL},        {"!=", TOKEN_UNEQUAL},   {"!", TOKEN_NOT},
    {"<=", TOKEN_AT_MOST},      {"<", TOKEN_BELOW},      {">=", TOKEN_AT_LEAST},
    {">", TOKEN_ABOVE},         {".", TOKEN_DOT},        {"*", TOKEN_STAR},
    {",", TOKEN_COMMA},         {":", TOKEN_COLON},      {"@", TOKEN_CURRENT},
};

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

static int refuse(const struct lexer *lexer, size_t offset, const char *what, const char *hint)
{
    const struct spot spot = {lexer->text, offset, E_USAGE, lexer->err};

    query_fault(&spot, "%s", what);
    if (hint)
        err_hint(lexer->err, "%s", hint);
    return E_USAGE;
}

/* The token from `start` up to where the lexer is now. */
static struct token *add(struct lexer *lexer, enum token_kind kind, size_t start)
{
    struct token *const token = VEC_ADD(lexer->tokens);

    token->kind = kind;
    token->offset = start;
    token->length = lexer->at - start;
    return token;
}

/* Append what stands before the next `quote`, and go behind it; a backslash in front of one is
 * taken out, any other stays, with what it stands in front of. False when there is none. */
static bool take_quoted(struct lexer *lexer, char quote, struct buf *out)
{
    const char *const text = lexer->text;
    size_t at = lexer->at + 1;

    for (; text[at] && text[at] != quote; at++) {
        if (text[at] == '\\' && text[at + 1] == quote)
            at++;
        else if (text[at] == '\\' && text[at + 1])
            buf_add_char(out, text[at++]);
        buf_add_char(out, text[at]);
    }
    if (!text[at])
        return false;
    lexer->at = at + 1;
    return true;
}

static int lex_raw(struct lexer *lexer)
{
    const size_t start = lexer->at;
    struct buf text = {0};
    int rc = 0;

    if (take_quoted(lexer, '\'', &text))
        add(lexer, TOKEN_LITERAL, start)->value = json_new_string(buf_text(&text));
    else
        rc = refuse(lexer, start, "the string has no closing \"'\"", NULL);
    buf_done(&text);
    return rc;
}

/* What the Azure CLI takes for a string: a word, a version number, not JSON that went wrong. */
static bool is_plain(const char *text)
{
    return *text && !strpbrk(text, "\"'[]{}\\`");
}

static int lex_literal(struct lexer *lexer)
{
    const size_t start = lexer->at;
    struct json *value = NULL;
    struct buf text = {0};
    struct err inner = {0};
    int rc = 0;

    if (!take_quoted(lexer, '`', &text)) {
        rc = refuse(lexer, start, "the literal has no closing backtick", NULL);
    } else if (json_parse(buf_text(&text), text.length, &value, &inner) == 0) {
        add(lexer, TOKEN_LITERAL, start)->value = value;
    } else if (is_plain(buf_text(&text))) {
        const char *const word = buf_text(&text);

        add(lexer, TOKEN_LITERAL, start)->value = json_new_string(word + strspn(word, " \t\r\n"));
    } else {
        rc = refuse(lexer, start, "what stands between the backticks is not JSON",
                    "a string is written in single quotes: 'text'");
    }
    buf_done(&text);
    return rc;
}

/* A string as in JSON: the escapes are those of JSON. */
static int lex_quoted(struct lexer *lexer)
{
    const size_t start = lexer->at;
    size_t at = start + 1;
    struct json *value = NULL;
    struct err inner = {0};

    while (lexer->text[at] && lexer->text[at] != '"')
        at += lexer->text[at] == '\\' && lexer->text[at + 1] ? 2 : 1;
    if (!lexer->text[at])
        return refuse(lexer, start, "the name has no closing '\"'", NULL);
    lexer->at = at + 1;
    if (json_parse(lexer->text + start, lexer->at - start, &value, &inner))
        return refuse(lexer, start, "what stands in double quotes is not a string of JSON", NULL);
    add(lexer, TOKEN_QUOTED, start)->value = value;
    return 0;
}

static int lex_number(struct lexer *lexer)
{
    const char *const text = lexer->text;
    const size_t start = lexer->at;
    const bool negative = text[start] == '-';
    int64_t number = 0;

    lexer->at += negative;
    if (!is_digit(text[lexer->at]))
        return refuse(lexer, start, "'-' has no digits behind it", NULL);
    for (; is_digit(text[lexer->at]); lexer->at++) {
        const int digit = text[lexer->at] - '0';

        if (number > (INT64_MAX - digit) / 10)
            return refuse(lexer, start, "the number is too large", NULL);
        number = number * 10 + digit;
    }
    add(lexer, TOKEN_NUMBER, start)->number = negative ? -number : number;
    return 0;
}

static int lex_name(struct lexer *lexer)
{
    const size_t start = lexer->at;
    struct buf name = {0};

    while (is_letter(lexer->text[lexer->at]) || is_digit(lexer->text[lexer->at]))
        lexer->at++;
    buf_add(&name, lexer->text + start, lexer->at - start);
    add(lexer, TOKEN_NAME, start)->value = json_new_string(buf_text(&name));
    buf_done(&name);
    return 0;
}

static int lex_sign(struct lexer *lexer)
{
    const char *const text = lexer->text + lexer->at;
    const size_t start = lexer->at;
    size_t length = 1;

    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++) {
        if (text_starts(text, signs[i].text)) {
            lexer->at += strlen(signs[i].text);
            add(lexer, signs[i].kind, start);
            return 0;
        }
    }
    if (*text == '=')
        return refuse(lexer, start, "'=' is no operator", "'==' compares");
    if (*text == '?')
        return refuse(lexer, start, "'?' stands alone", "a filter begins with '[?'");
    while (((unsigned char)text[length] & 0xc0) == 0x80)
        length++;
    {
        const struct spot spot = {lexer->text, start, E_USAGE, lexer->err};

        query_fault(&spot, "'%.*s' is no part of an expression", (int)length, text);
    }
    if ((unsigned char)*text >= 0x80)
        err_hint(lexer->err, "a name with such letters stands in double quotes");
    return E_USAGE;
}

static int lex_token(struct lexer *lexer)
{
    const char c = lexer->text[lexer->at];

    if (is_letter(c))
        return lex_name(lexer);
    if (c == '-' || is_digit(c))
        return lex_number(lexer);
    if (c == '"')
        return lex_quoted(lexer);
    if (c == '\'')
        return lex_raw(lexer);
    if (c == '`')
        return lex_literal(lexer);
    return lex_sign(lexer);
}

int query_lex(struct query *query, struct err *err)
{
    struct lexer lexer = {.text = query->text, .tokens = &query->tokens, .err = err};

    while (true) {
        int rc;

        lexer.at += strspn(lexer.text + lexer.at, " \t\r\n");
        if (!lexer.text[lexer.at])
            break;
        rc = lex_token(&lexer);
        if (rc)
            return rc;
    }
    add(&lexer, TOKEN_END, lexer.at);
    return 0;
}
