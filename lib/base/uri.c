#include "base/uri.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"

static int digit(char c)
{
    static const char digits[] = "0123456789abcdef";
    const char *const at = c ? strchr(digits, tolower((unsigned char)c)) : NULL;

    return at ? (int)(at - digits) : -1;
}

char *uri_decode(const char *text)
{
    char *const out = mem_new(strlen(text) + 1, 1);
    size_t length = 0;

    for (; *text; text++) {
        int high, low;

        out[length++] = *text;
        if (*text != '%')
            continue;
        high = digit(text[1]);
        low = high < 0 ? -1 : digit(text[2]);
        if (low < 0 || high + low == 0) {
            free(out);
            return NULL;
        }
        out[length - 1] = (char)(high << 4 | low);
        text += 2;
    }
    return out;
}

/* Letters, digits, '+', '-' and '.' up to a ':', RFC 3986, 3.1. One letter is no scheme to speak
 * of: it is a file of that odd name. 0: there is none. */
static size_t scheme_length(const char *text)
{
    size_t length = 0;

    while (isalnum((unsigned char)text[length]) || (text[length] && strchr("+-.", text[length])))
        length++;
    return length > 1 && text[length] == ':' && isalpha((unsigned char)text[0]) ? length : 0;
}

static bool is_file_scheme(const char *text, size_t length)
{
    char scheme[5] = "";

    if (length != 4)
        return false;
    memcpy(scheme, text, length);
    return text_same_word(scheme, "file");
}

static int refuse_scheme(const char *text, size_t length, struct err *err)
{
    err_set(err, E_INVALID, "'%s' is not on this machine: scheme '%.*s' is not read", text,
            (int)length, text);
    return err_hint(err, "fetch it first, and give the path of the file");
}

/* What stands behind "file:" with its host, if any. */
static int path_of(const char *text, const char *rest, const char **ret, struct err *err)
{
    if (text_starts(rest, "//localhost/"))
        rest += strlen("//localhost");
    else if (text_starts(rest, "///"))
        rest += 2;
    else if (text_starts(rest, "//"))
        return err_set(err, E_INVALID, "'%s' is a file of another host", text);
    *ret = rest;
    if (*rest != '/')
        return err_set(err, E_INVALID, "'%s' has no absolute path", text);
    return 0;
}

int uri_file_path(const char *text, char **ret, struct err *err)
{
    const size_t length = scheme_length(text);
    const char *path = NULL;
    int rc;

    if (length == 0) {
        *ret = text_copy(text);
        return 0;
    }
    if (!is_file_scheme(text, length))
        return refuse_scheme(text, length, err);
    rc = path_of(text, text + length + 1, &path, err);
    if (rc < 0)
        return rc;
    *ret = uri_decode(path);
    return *ret ? 0 : err_set(err, E_INVALID, "'%s' has a '%%' without two digits", text);
}
