/* 'sig completion': scripts that have shells ask 'sig complete'. */
#include "cmd/command.h"

/* The same words in each: they end up in directories that users read. */
#define MADE_BY(shell) "# Completion of sig; made by 'sig completion " shell "'.\n"

static const char bash_script[] = "# shellcheck shell=bash\n" MADE_BY(
    "bash") "_sig()\n"
            "{\n"
            "    local answer open word\n"
            "\n"
            "    mapfile -t answer < <(\"${COMP_WORDS[0]}\" complete bash -- "
            "\"${COMP_WORDS[@]:1:COMP_CWORD}\" 2>/dev/null)\n"
            "    COMPREPLY=() open=${answer[1]+yes}\n"
            "    for word in \"${answer[@]:1}\"; do\n"
            "        [[ $word == */ ]] || open=\n"
            "        printf -v word %q \"$word\"\n"
            "        COMPREPLY+=(\"$word\")\n"
            "    done\n"
            "    compopt -o nosort 2>/dev/null\n"
            "    case ${answer[0]-} in\n"
            "    files) compopt -o default 2>/dev/null ;;\n"
            "    directories) compopt -o dirnames 2>/dev/null ;;\n"
            "    *) [ -z \"$open\" ] || compopt -o nospace 2>/dev/null ;;\n"
            "    esac\n"
            "}\n"
            "complete -F _sig sig\n";

static const char zsh_script[] = "#compdef sig\n" MADE_BY(
    "zsh") "_sig() {\n"
           "    local -a answer whole open shown_whole shown_open\n"
           "    local line word\n"
           "\n"
           "    answer=(\"${(@f)$(${words[1]} complete zsh -- \"${(@Q)words[2,CURRENT]}\" "
           "2>/dev/null)}\")\n"
           "    case $answer[1] in\n"
           "    files) compset -P '*='; _files; return ;;\n"
           "    directories) compset -P '*='; _files -/; return ;;\n"
           "    esac\n"
           "    for line in \"${(@)answer[2,-1]}\"; do\n"
           "        word=${line%%$'\\t'*}\n"
           "        [[ $line != *$'\\t'* ]] || line=\"$word  -- ${line#*$'\\t'}\"\n"
           "        if [[ $word == */ ]]; then\n"
           "            open+=(\"$word\") shown_open+=(\"$line\")\n"
           "        else\n"
           "            whole+=(\"$word\") shown_whole+=(\"$line\")\n"
           "        fi\n"
           "    done\n"
           "    compadd -V sig -l -M 'm:{a-zA-Z}={A-Za-z}' -d shown_whole -a whole\n"
           "    compadd -V sig -l -M 'm:{a-zA-Z}={A-Za-z}' -S '' -d shown_open -a open\n"
           "}\n"
           "if [ \"$funcstack[1]\" = _sig ]; then\n"
           "    _sig \"$@\"\n"
           "else\n"
           "    compdef _sig sig\n"
           "fi\n";

static const char fish_script[] = MADE_BY(
    "fish") "function __sig_complete\n"
            "    set -l typed (commandline -opc)\n"
            "    set -l word (commandline -ct)\n"
            "    set -l answer ($typed[1] complete fish -- $typed[2..-1] \"$word\" 2>/dev/null)\n"
            "    set -l before (string match -r '^.*=' -- $word)\n"
            "    switch \"$answer[1]\"\n"
            "        case files\n"
            "            __fish_complete_path (string replace -r '^.*=' '' -- $word) | "
            "string replace -r '^' -- \"$before\"\n"
            "        case directories\n"
            "            __fish_complete_directories (string replace -r '^.*=' '' -- $word) | "
            "string replace -r '^' -- \"$before\"\n"
            "        case '*'\n"
            "            printf '%s\\n' $answer[2..-1]\n"
            "    end\n"
            "end\n"
            "complete -c sig -f -k -a '(__sig_complete)'\n";

static int print(struct run *run, const char *script)
{
    buf_add_text(run->text, script);
    return 0;
}

static int run_bash(struct run *run, const void *request, void *result, struct err *err)
{
    (void)request;
    (void)result;
    (void)err;
    return print(run, bash_script);
}

static int run_zsh(struct run *run, const void *request, void *result, struct err *err)
{
    (void)request;
    (void)result;
    (void)err;
    return print(run, zsh_script);
}

static int run_fish(struct run *run, const void *request, void *result, struct err *err)
{
    (void)request;
    (void)result;
    (void)err;
    return print(run, fish_script);
}

/* clang-format off */
static const struct command commands[] = {
    {
        .noun = &completion_noun,
        .verb = "bash",
        .brief = "print the completion script for bash",
        .about = "Prints a script that teaches bash to complete nouns, verbs, flags, what flags choose from, and the "
                 "names of galleries, image definitions, versions and regions that the store has.",
        .examples = (const char *const[]){"sig completion bash", NULL},
        .run = run_bash,
    },
    {
        .noun = &completion_noun,
        .verb = "zsh",
        .brief = "print the completion script for zsh",
        .about = "The same for zsh, with descriptions: a file '_sig' in a directory of its fpath.",
        .examples = (const char *const[]){"sig completion zsh", NULL},
        .run = run_zsh,
    },
    {
        .noun = &completion_noun,
        .verb = "fish",
        .brief = "print the completion script for fish",
        .about = "The same for fish, with descriptions: a file 'sig.fish' in ~/.config/fish/completions.",
        .examples = (const char *const[]){"sig completion fish", NULL},
        .run = run_fish,
    },
};
/* clang-format on */

const struct noun completion_noun = {
    .name = "completion",
    .brief = "completion scripts for shells",
    .about =
        "A completion script lets the shell finish words of a command line. Put what this prints "
        "into a file that the shell reads when it starts.",
    .commands = commands,
    .count = sizeof commands / sizeof *commands,
    .on_front = true,
};
