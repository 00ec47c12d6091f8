/* Coverage as a page for browsers: one file, no scripts, nothing from elsewhere. What states a
 * colour tells is told by a sign and a word too. */
#include "cmd/coverage.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/number.h"
#include "base/text.h"
#include "cmd/markup.h"

/* clang-format off */
static const struct {
    const char *sign, *class;
} signs[] = {
    [COVERAGE_INTACT] = {"\xe2\x9c\x93", "intact"},         /* a check mark */
    [COVERAGE_INCOMPLETE] = {"\xe2\x80\xa6", "incomplete"}, /* three dots */
    [COVERAGE_UNAVAILABLE] = {"?", "unavailable"},
    [COVERAGE_DAMAGED] = {"\xe2\x9c\x95", "damaged"},       /* a cross */
};
/* clang-format on */

/* What a browser may do with it: show it, and nothing else. */
static const char head[] =
    "<!DOCTYPE html>\n"
    "<html lang=\"en\">\n"
    "<head>\n"
    "<meta charset=\"utf-8\">\n"
    "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
    "<meta http-equiv=\"Content-Security-Policy\" "
    "content=\"default-src 'none'; style-src 'unsafe-inline'\">\n";

static const char style[] =
    "<style>\n"
    ":root{color-scheme:light dark;--bg:#f6f7f9;--card:#fff;--ink:#1c2330;--soft:#5b6576;"
    "--line:#dde1e8;--accent:#2457c5;--plain:#d5dcea;"
    "--ok-bg:#e3f4e8;--ok:#17683a;--todo-bg:#fff3d6;--todo:#7a5200;"
    "--away-bg:#ece6fa;--away:#5a2fa8;--bad-bg:#fde3e1;--bad:#a3160c}\n"
    "@media(prefers-color-scheme:dark){:root{--bg:#11151c;--card:#1a202a;--ink:#e6eaf1;"
    "--soft:#9aa5b8;--line:#2e3745;--accent:#7da6ff;--plain:#34405a;"
    "--ok-bg:#16321f;--ok:#7fdb9f;--todo-bg:#3a2e10;--todo:#f2c765;"
    "--away-bg:#2d2347;--away:#c3a7ff;--bad-bg:#43191a;--bad:#ff9d94}}\n"
    "*{box-sizing:border-box}\n"
    "body{margin:0;background:var(--bg);color:var(--ink);"
    "font:15px/1.45 system-ui,-apple-system,'Segoe UI',Roboto,'DejaVu Sans',sans-serif}\n"
    "main,header,footer{max-width:1500px;margin:0 auto;padding:0 28px}\n"
    "header{padding-top:28px}h1{font-size:26px;margin:0 0 2px;overflow-wrap:anywhere}\n"
    "a{color:inherit}h2{font-size:17px;margin:0 0 12px}\n"
    ".soft,footer{color:var(--soft);font-size:13px;overflow-wrap:anywhere}\n"
    "footer{padding-bottom:28px}\n"
    "section{background:var(--card);border:1px solid var(--line);border-radius:10px;"
    "padding:18px 20px;margin:18px 0}\n"
    ".facts{display:grid;grid-template-columns:repeat(auto-fit,minmax(170px,1fr));gap:14px;"
    "margin:18px 0}\n"
    ".facts div{background:var(--card);border:1px solid var(--line);border-radius:10px;"
    "padding:12px 16px}\n"
    ".facts dt{color:var(--soft);font-size:13px}\n"
    ".facts dd{margin:2px 0 0;font-size:24px;font-weight:650;"
    "font-variant-numeric:tabular-nums}\n"
    ".facts small{display:block;font-size:13px;font-weight:400;color:var(--soft)}\n"
    "table{border-collapse:separate;border-spacing:0}\n"
    "th,td{text-align:left;padding:6px 12px;border-bottom:1px solid var(--line);"
    "vertical-align:top}\n"
    "thead th{font-size:13px;color:var(--soft);font-weight:600}\n"
    ".scroll{position:relative;overflow:auto;max-height:82vh;border:1px solid "
    "var(--line);border-radius:8px}\n"
    ".scroll .missing{width:100%}.grid{width:100%}.grid thead "
    "th{position:sticky;top:0;z-index:2;background:var(--card);"
    "color:var(--ink);border-bottom:2px solid var(--line);white-space:nowrap}\n"
    ".grid thead th small{display:block;font-weight:400;color:var(--soft)}\n"
    ".grid th:first-child{position:sticky;left:0;z-index:1;background:var(--card)}\n"
    ".grid thead th:first-child{z-index:3}\n"
    ".grid tbody th{font-weight:500;white-space:nowrap}\n"
    ".grid .of th,.grid .of td{background:var(--bg);font-weight:650;border-left:0}\n"
    ".grid td{border-left:1px solid var(--line);white-space:nowrap;"
    "font-variant-numeric:tabular-nums}\n"
    ".grid td small{display:block;font-size:12px;opacity:.85}\n"
    ".number{text-align:right;font-variant-numeric:tabular-nums}\n"
    ".mark{display:inline-block;min-width:1.2em;font-weight:700}\n"
    ".intact{background:var(--ok-bg);color:var(--ok)}\n"
    ".incomplete{background:var(--todo-bg);color:var(--todo)}\n"
    ".unavailable{background:var(--away-bg);color:var(--away)}\n"
    ".damaged{background:var(--bad-bg);color:var(--bad);font-weight:650}\n"
    ".unwanted{color:var(--soft)}\n"
    ".legend{list-style:none;display:flex;flex-wrap:wrap;gap:8px;margin:0 0 12px;padding:0;"
    "font-size:13px}\n"
    ".legend li{padding:2px 10px;border-radius:999px}\n"
    ".legend .unwanted{border:1px solid var(--line)}\n"
    ".missing td{white-space:nowrap}.missing .reason{white-space:normal;overflow-wrap:anywhere}\n"
    ".unseen{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);"
    "white-space:nowrap}\n"
    "svg{display:block;width:100%;max-width:1100px;height:auto;margin-bottom:10px}\n"
    "svg text{fill:var(--ink);font-size:13px}svg .soft{fill:var(--soft)}\n"
    ".plain{fill:var(--plain)}.solid{fill:var(--accent)}"
    ".stroke{stroke:var(--accent);stroke-width:3;fill:none}.edge{stroke:var(--accent)}\n"
    "@media print{:root{color-scheme:light;--bg:#fff}body{font-size:11px}section{break-inside:"
    "auto;border:0;padding:0}.scroll{overflow:visible;max-height:none;border:0}"
    ".grid thead th,.grid th:first-child{position:static}tr{break-inside:avoid}"
    "*{print-color-adjust:exact;-webkit-print-color-adjust:exact}}\n"
    "</style>\n";

/* --- words --- */

/* What is stored, and when that was read back. */
static void add_stored(struct buf *out, const struct coverage_region *region)
{
    char text[CLOCK_TEXT_SIZE];

    if (!region->bytes.value) {
        buf_add_text(out, region->state == COVERAGE_UNAVAILABLE ? "not seen" : "nothing stored");
        return;
    }
    number_add_size(out, (uint64_t)region->bytes.value);
    if (!region->verified_date.set) {
        buf_add_text(out, ", never read back");
        return;
    }
    clock_text(region->verified_date.value, text);
    buf_printf(out, ", %.10s", text); /* the day */
}

/* "4.2 times", what sharing and compressing save. */
static void add_ratio(struct buf *out, int64_t plain, int64_t stored)
{
    const int64_t tenths = stored > 0 ? (plain * 10 + stored / 2) / stored : 0;

    if (tenths > 0)
        buf_printf(out, "%" PRId64 ".%" PRId64 "\xc3\x97", tenths / 10, tenths % 10);
}

static void add_fact(struct buf *out, const char *what, const char *value, const char *beside)
{
    buf_printf(out, "<div><dt>%s</dt><dd>%s<small>%s</small></dd></div>\n", what, value, beside);
}

/* --- the whole --- */

static void add_facts(struct buf *out, const struct coverage *coverage, size_t regions)
{
    struct buf value = {0}, beside = {0};

    buf_add_text(out, "<dl class=\"facts\">\n");
    buf_printf(&value, "%" PRId64, coverage->image_versions.value);
    buf_printf(&beside, "in %zu region%s", regions, regions == 1 ? "" : "s");
    add_fact(out, "Image versions", buf_text(&value), buf_text(&beside));
    buf_clear(&value);
    buf_clear(&beside);
    buf_printf(&value, "%" PRId64 " of %" PRId64, coverage->intact.value, coverage->wanted.value);
    if (coverage->state == COVERAGE_INTACT)
        buf_printf(&beside, "%s nothing is missing", signs[COVERAGE_INTACT].sign);
    else
        buf_printf(&beside, "<a href=\"#missing\">%s %s</a>", signs[coverage->state].sign,
                   coverage_meaning(coverage->state));
    add_fact(out, "Replicas intact", buf_text(&value), buf_text(&beside));
    buf_clear(&value);
    number_add_size(&value, (uint64_t)coverage->bytes.value);
    add_fact(out, "Stored", buf_text(&value), "shared and compressed");
    buf_clear(&value);
    buf_clear(&beside);
    number_add_size(&value, (uint64_t)coverage->plain_bytes.value);
    add_ratio(&beside, coverage->plain_bytes.value, coverage->bytes.value);
    buf_add_text(&beside, beside.length ? " of what is stored" : "of disks");
    add_fact(out, "As plain copies", buf_text(&value), buf_text(&beside));
    buf_add_text(out, "</dl>\n");
    buf_done(&value);
    buf_done(&beside);
}

/* --- what is missing --- */

static void add_trouble(struct buf *out, const struct coverage_trouble *trouble)
{
    const struct coverage_region *const region = trouble->region;

    buf_printf(out, "<tr><td class=\"%s\"><span class=\"mark\">%s</span> %s</td><td>",
               signs[region->state].class, signs[region->state].sign,
               coverage_meaning(region->state));
    markup_add_text(out, region->region);
    buf_printf(out, "</td><td class=\"number\">%zu</td><td class=\"reason\">", trouble->versions);
    markup_add_text(out, region->reason);
    buf_add_text(out, "</td></tr>\n");
}

/* More rows than anybody reads make a page slow: a blob that is gone is a reason of its own. */
enum { TROUBLES_SHOWN = 200 };

static void add_troubles(struct buf *out, const struct coverage *coverage)
{
    struct coverage_troubles troubles = {0};

    coverage_troubles(coverage, &troubles);
    if (troubles.count > 0) {
        buf_add_text(out, "<section aria-labelledby=\"missing\"><h2 id=\"missing\">What is missing"
                          "</h2>\n<div class=\"scroll\" tabindex=\"0\" role=\"region\" "
                          "aria-labelledby=\"missing\"><table class=\"missing\"><thead><tr><th "
                          "scope=\"col\">State</th><th scope=\"col\">"
                          "Region</th><th scope=\"col\" class=\"number\">Versions</th>"
                          "<th scope=\"col\">Why</th></tr></thead>\n<tbody>\n");
        for (size_t i = 0; i < troubles.count && i < TROUBLES_SHOWN; i++)
            add_trouble(out, &troubles.items[i]);
        buf_add_text(out, "</tbody></table></div>\n");
        if (troubles.count > TROUBLES_SHOWN)
            buf_printf(out, "<p class=\"soft\">And %zu more.</p>\n",
                       troubles.count - TROUBLES_SHOWN);
        buf_add_text(out, "</section>\n");
    }
    free(troubles.items);
}

/* --- the grid --- */

static void add_legend(struct buf *out)
{
    buf_add_text(out, "<ul class=\"legend\">");
    for (unsigned state = COVERAGE_INTACT; state <= COVERAGE_DAMAGED; state++)
        buf_printf(out, "<li class=\"%s\"><span class=\"mark\">%s</span> %s</li>",
                   signs[state].class, signs[state].sign, coverage_meaning(state));
    buf_add_text(out, "<li class=\"unwanted\">\xe2\x80\x93 not wanted</li></ul>\n");
}

static void add_cell(struct buf *out, const struct coverage_region *region)
{
    if (!region) {
        buf_add_text(out, "<td class=\"unwanted\"><span aria-hidden=\"true\">\xe2\x80\x93</span>"
                          "<span class=\"unseen\">not wanted</span></td>");
        return;
    }
    buf_printf(out, "<td class=\"%s\"", signs[region->state].class);
    if (region->reason && region->state != COVERAGE_INTACT) {
        buf_add_text(out, " title=\"");
        markup_add_text(out, region->reason);
        buf_add_char(out, '"');
    }
    buf_printf(out,
               "><span class=\"mark\" aria-hidden=\"true\">%s</span> %" PRId64 "/%" PRId64
               " <span class=\"unseen\">%s</span><small>",
               signs[region->state].sign, region->intact.value, region->wanted.value,
               coverage_meaning(region->state));
    add_stored(out, region);
    buf_add_text(out, "</small></td>");
}

/* The bytes of "prod/ubuntu/1.0.0" in front of its last part. */
static size_t family_length(const char *name)
{
    const char *const slash = strrchr(name, '/');

    return slash ? (size_t)(slash - name) : 0;
}

static bool is_same_family(const char *left, const char *right)
{
    const size_t length = family_length(left);

    return length == family_length(right) && strncmp(left, right, length) == 0;
}

static void add_family(struct buf *out, const char *name, size_t columns)
{
    char *const family = text_copy(name);

    family[family_length(name)] = '\0';
    buf_add_text(out, "<tr class=\"of\"><th scope=\"rowgroup\">");
    markup_add_text(out, family);
    buf_printf(out, "</th><td colspan=\"%zu\"></td></tr>\n", columns);
    free(family);
}

static void add_version(struct buf *out, const struct coverage_version *version,
                        const char *const *names, size_t count)
{
    const size_t length = family_length(version->name);

    buf_add_text(out, "<tr><th scope=\"row\">");
    markup_add_text(out, version->name + (length ? length + 1 : 0));
    buf_add_text(out, "</th>");
    for (size_t c = 0; c < count; c++)
        add_cell(out, coverage_find(version, names[c]));
    buf_add_text(out, "</tr>\n");
}

static const char *display_name(const struct coverage *coverage, const char *name)
{
    for (size_t v = 0; v < coverage->versions.count; v++) {
        const struct coverage_region *const region =
            coverage_find(&coverage->versions.items[v], name);

        if (region)
            return region->region;
    }
    return name;
}

static void add_titles(struct buf *out, const struct coverage *coverage, const char *const *names,
                       size_t count)
{
    buf_add_text(out, "<thead><tr><th scope=\"col\">Version</th>");
    for (size_t c = 0; c < count; c++) {
        buf_add_text(out, "<th scope=\"col\">");
        markup_add_text(out, display_name(coverage, names[c]));
        buf_add_text(out, "<small>");
        markup_add_text(out, names[c]);
        buf_add_text(out, "</small></th>");
    }
    buf_add_text(out, "</tr></thead>\n");
}

static void add_grid(struct buf *out, const struct coverage *coverage, const char *const *names,
                     size_t count)
{
    const char *before = NULL;

    buf_add_text(out, "<section aria-labelledby=\"grid\"><h2 id=\"grid\">Versions and regions"
                      "</h2>\n");
    if (coverage->versions.count == 0) {
        buf_add_text(out, "<p class=\"soft\">There are no image versions.</p></section>\n");
        return;
    }
    add_legend(out);
    buf_add_text(out, "<div class=\"scroll\" tabindex=\"0\" role=\"region\" "
                      "aria-labelledby=\"grid\"><table class=\"grid\">\n"
                      "<caption class=\"unseen\">For each version and region: replicas intact of "
                      "replicas wanted, bytes stored there, and when the oldest of them was last "
                      "read back</caption>\n");
    add_titles(out, coverage, names, count);
    for (size_t v = 0; v < coverage->versions.count; v++) {
        const struct coverage_version *const version = &coverage->versions.items[v];

        if (!before || !is_same_family(before, version->name)) {
            buf_add_text(out, before ? "</tbody>\n<tbody>\n" : "<tbody>\n");
            add_family(out, version->name, count);
        }
        before = version->name;
        add_version(out, version, names, count);
    }
    buf_add_text(out, "</tbody></table></div></section>\n");
}

void coverage_add_page(struct buf *out, const struct coverage *coverage)
{
    const char *const name = coverage->store_name ? coverage->store_name : "a store to be made";
    char time[CLOCK_TEXT_SIZE];
    size_t count;
    const char **const names = coverage_region_names(coverage, &count);

    clock_text(coverage->generated_date.value, time);
    buf_add_text(out, head);
    buf_add_text(out, "<title>Coverage of ");
    markup_add_text(out, name);
    buf_add_text(out, "</title>\n");
    buf_add_text(out, style);
    buf_add_text(out, "</head>\n<body>\n<header><h1>Coverage of ");
    markup_add_text(out, name);
    buf_printf(out,
               "</h1>\n<div class=\"soft\">Looked at <time datetime=\"%s\">%.10s %.8s UTC</time>",
               time, time, time + strlen("2026-01-02T"));
    if (coverage->store_id) {
        buf_add_text(out, ", store ");
        markup_add_text(out, coverage->store_id);
    }
    buf_add_text(out, "</div></header>\n<main>\n");
    add_facts(out, coverage, count);
    add_grid(out, coverage, names, count);
    add_troubles(out, coverage);
    coverage_add_chart(out, coverage);
    buf_add_text(out,
                 "</main>\n<footer>What is there was found in the replica directories: each map "
                 "opens, and each blob has its size and a sound end. \xe2\x80\x98sig audit"
                 "\xe2\x80\x99 reads every byte.</footer>\n</body>\n</html>\n");
    free(names);
}
