/* The program `hewal`. In: a command line. Out: what its command does. This file is the table of commands. */
#include "cli/commands.h"

#include <string.h>

static int run_help(cli *c);
static int run_version(cli *c);

const cli_command cli_commands[] = {
    {"annotate", "[FILE]...", 0, 0, "write the records of articles",
     "Reads articles from files and folders, or from standard input, and writes the record of each: who is named, when and "
     "how many, who said what, who did what.\nStandard input is raw text, one article: offsets are those of its bytes. A file "
     "*.jsonl has an article a line: {\"id\", \"text\", ...} with published, title, url and outlet where known; other fields are "
     "carried through. A line that cannot be read gives {\"id\", \"error\"} and the rest goes on. Any other file is what its "
     "content tells, as for `hewal add`. --input=text, jsonl or auto says it otherwise.\nRecords come in the input's order, the same for any number of threads.",
     cli_annotate_options, cli_annotate},
    {"add", "PATH...", 1, 0, "read articles into the store",
     "Reads files, folders with all below them, or - for standard input: plain text, Markdown, HTML pages, JSON, tables (CSV, "
     "TSV), RSS and Atom feeds, WordPress exports, MediaWiki dumps, WARC, mails and mboxes; packed with gzip, bzip2, xz or zstd, "
     "and in zip and tar archives, also in one another. "
     "Articles and their records go into the store; articles in other languages than Sorani without a record. The same text from another outlet "
     "is kept as a near-duplicate, whose facts are not counted again. An article that is there already is skipped; a changed one replaces its old "
     "record, and what it was goes to its history (`hewal show --history`). Ends with what was added, replaced, skipped and refused; each refusal has its line. Killed at any moment, it has "
     "lost nothing that a second run does not add.",
     cli_add_options, cli_add},
    {"watch", "FOLDER...", 1, 0, "add what comes into folders",
     "Adds what is in the folders, as `hewal add` does, and then every file that appears or changes in them or below, as soon as it is "
     "closed by who wrote it. Goes on until it is stopped (Ctrl-C, SIGTERM); what was added is kept. Other programs may read the store "
     "meanwhile, and write to it between two files.",
     cli_watch_options, cli_watch},
    {"verify", "", 0, 0, "check the store",
     "Checks the file, every article's text against its checksum, every place in it that a fact points to, the full-text index, and what "
     "the tables say of each other. Prints a line for each thing that is wrong, and exits with 1 then.",
     cli_verify_options, cli_verify},
    {"backup", "FILE", 1, 1, "copy the store to a file",
     "Copies the store as it is now to FILE, also while it is read and written, and checks the copy. A FILE that is there is replaced only "
     "by a whole copy.",
     cli_backup_options, cli_backup},
    {"forget", "ID...", 1, 0, "take articles out of the store for good",
     "Takes out the articles, their earlier versions, all facts from them, and the people, organisations and places that no other article "
     "names; then writes the file anew, so that none of their words is left in it. That takes time in a large store: name all articles at once.",
     cli_forget_options, cli_forget},
    {"search", "WORDS...", 1, 0, "find articles by words",
     "Finds the articles that have the words, in any inflection and spelling, also typed on an Arabic keyboard or in Latin "
     "letters; best first. Beside words: \"a phrase\", a OR b, a NEAR/3 b, -absent or NOT absent (give -- before a first word with -), "
     "begin*, =exact, parentheses, and fields: speaker: outlet: actor: target: type: channel: from: to: title: place: language:. "
     "A value of several words stands in quotation marks. docs/search.md tells it all.",
     cli_search_options, cli_search},
    {"quotes", "", 0, 0, "list who said what",
     "Lists the quotes of the store that pass the filters, the newest first.", cli_quotes_options, cli_quotes},
    {"events", "", 0, 0, "list who did what",
     "Lists the events of the store that pass the filters, the newest first.", cli_events_options, cli_events},
    {"who", "NAME", 1, 1, "tell what is known of a person, an organisation or a place",
     "Shows the spellings of the name, the offices held, whom they met and what they said. The name may be given in Kurdish, in "
     "any usual spelling, or in Latin letters; a part of it is enough.",
     cli_who_options, cli_who},
    {"show", "ID", 1, 1, "show an article and its record",
     "Shows an article of the store with its record, every fact with the words that it rests on.", cli_show_options, cli_show},
    {"export", "", 0, 0, "write out the whole store",
     "Writes the records of all articles, one JSON object a line, or all quotes or all events as CSV.", cli_export_options, cli_export},
    {"report", "", 0, 0, "write the store, or what it has on somebody, as HTML",
     "Writes a folder of HTML pages: an index, a page an article with the record beside its text, and pages of people, "
     "organisations and places. With --on, --event, --from or --to it writes one file instead: all that the store has on a person, an "
     "event or a period, with the sentences and their sources, to be mailed to somebody who has no hewal. The pages need no script and "
     "no network.",
     cli_report_options, cli_report},
    {"serve", "", 0, 0, "serve the store to browsers and programs",
     "Answers questions about the store over HTTP, on this machine only unless --host says otherwise: pages for people, a JSON API "
     "under /api/v1/ for programs (it describes itself at /api/v1/openapi.json), Atom feeds. It only reads; articles may be added "
     "meanwhile. Writes its address to standard output, and ends at an interrupt. It knows no users and no passwords: whoever "
     "reaches the address may read the store.",
     cli_serve_options, cli_serve},
    {"normalize", "[FILE]...", 0, 0, "write texts in standard orthography",
     "Reads text and writes it in standard orthography: letters as the standard has them, one code for each, without "
     "non-joiners and tatweel; yeh and waw doubled where rules say so; particles joined to their words; one space between "
     "words. Marks and words of other scripts stay as they are. What is wanted less of can be left alone with --keep.",
     cli_normalize_options, cli_normalize},
    {"tokens", "[FILE]...", 0, 0, "write the words of texts, or their index terms",
     "Writes the words, numbers and marks of the text, one a line, in standard orthography, and an empty line after each line "
     "of the input. With --search: the terms that the search index holds of it.",
     cli_tokens_options, cli_tokens},
    {"analyze", "[FILE]...", 0, 0, "write the analyses of words",
     "Reads words, one a line, and writes for each its analyses, best first, one a line, then an empty line: the word, its "
     "lemma, its part of speech and its features (as in Universal Dependencies), with tabs between. A word that cannot be "
     "analysed has no lemma and the part of speech X.",
     cli_analyze_options, cli_analyze},
    {"inflect", "LEMMA FEATURES", 2, 2, "write a form of a word",
     "Writes the forms of the lemma that have exactly these features, the commonest first, one a line. Features are those that "
     "`hewal analyze` prints: 'Definite=Def|Number=Plur'; an empty argument asks for the bare form.",
     cli_inflect_options, cli_inflect},
    {"paradigm", "LEMMA", 1, 1, "write all forms of a word as a table",
     "Writes a line for each form of the lemma: part of speech, what it is called, its features, and the form, tabs between; several "
     "forms have | between them, the commonest first.",
     cli_inflect_options, cli_paradigm},
    {"spell", "[FILE]...", 0, 0, "say which words are misspelt, and what was meant",
     "Reads words, one a line, and writes for each the word, «ok» or «unknown», and at most ten suggestions, best first, with | "
     "between them. A suggestion may be several words: those that were written as one.",
     cli_words_options, cli_spell},
    {"language", "[FILE]...", 0, 0, "tell the language of each line",
     "Reads texts, one a line, and writes for each its language, how sure that is (0 to 1), and the text, with tabs between. The "
     "language is ckb (Central Kurdish), ckb-Latn, kmr (Kurmanji), kmr-Arab, sdh (Southern Kurdish), hac (Hawrami), fa, ar, tr, or "
     "und for any other and where there is nothing to go by.",
     cli_language_options, cli_language},
    {"phonemes", "[FILE]...", 0, 0, "write how words sound, by syllables",
     "Reads words, one a line, and writes each with its phonemes, a tab between: a full stop before every syllable, and the "
     "unwritten vowel as i.",
     cli_words_options, cli_phonemes},
    {"number", "[FILE]...", 0, 0, "write numbers in words, and words as numbers",
     "Reads numbers, one a line, and writes each with the other way of writing it, a tab between. Figures may be of any kind, with "
     "marks between thousands and before decimals, a minus, a percent sign or the ending of an ordinal; words may be mixed with "
     "them. A line that is no number has nothing behind the tab.",
     cli_number_options, cli_number_lines},
    {"transliterate", "[FILE]...", 0, 0, "write texts in Latin or Arabic script",
     "Reads text and writes it in the other script: Hawar Latin as Central Kurdish uses it, or Arabic.",
     cli_transliterate_options, cli_transliterate},
    {"help", "[COMMAND]", 0, 1, "say what there is, or how a command is used", "Lists the commands, or tells of one.", NULL, run_help},
    {"version", "", 0, 0, "write the version of the program and of the model",
     "Writes the version of the program, and of the language model it uses.", NULL, run_version},
    {NULL, NULL, 0, 0, NULL, NULL, NULL, NULL}};

static const cli_command *command_named(const char *name)
{
    for (const cli_command *c = cli_commands; c->name; c++)
        if (!strcmp(c->name, name)) return c;
    return NULL;
}

static void list_commands(FILE *out)
{
    fputs("usage: hewal COMMAND [OPTION]... [ARGUMENT]...\n\n"
          "Makes Central Kurdish news readable by machine: articles in, records out.\n\nCommands:\n", out);
    for (const cli_command *c = cli_commands; c->name; c++) fprintf(out, "  %-14s %s\n", c->name, c->brief);
    fputs("\nhewal COMMAND --help tells of a command.\n", out);
}

static int run_help(cli *c)
{
    const cli_command *about = c->n_args ? command_named(c->args[0]) : NULL;
    if (c->n_args && !about) return cli_misuse(c, "there is no command «%s»", c->args[0]);
    if (about) cli_help(about, stdout);
    else list_commands(stdout);
    return cli_finish(CLI_OK);
}

static int run_version(cli *c)
{
    (void)c;
    printf("hewal %s\n", HEWAL_VERSION);
    hewal_model *m = cli_model();
    if (!m) return cli_finish(CLI_FAILED);
    printf("model %s\n", hewal_model_id(m));
    hewal_model_close(m);
    return cli_finish(CLI_OK);
}

int main(int argc, char **argv)
{
    if (argc < 2) {
        list_commands(stderr);
        return CLI_USAGE;
    }
    const char *name = argv[1];
    if (!strcmp(name, "--help") || !strcmp(name, "-h")) name = "help";
    if (!strcmp(name, "--version")) name = "version";
    const cli_command *cmd = command_named(name);
    if (!cmd) return cli_misuse(NULL, "there is no command «%s»", argv[1]);
    cli c;
    int status = cli_parse(&c, cmd, argc - 1, argv + 1);
    if (status > 0) return status;
    if (status < 0) {
        cli_help(cmd, stdout);
        return cli_finish(CLI_OK);
    }
    return cmd->run(&c);
}
