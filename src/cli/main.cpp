// SPDX-License-Identifier: GPL-3.0-or-later
// The command line: reads it, starts the libraries, calls the command.
#include <fmt/format.h>
#include <CLI/CLI.hpp>
#include <csignal>
#include <functional>
#include <map>
#include <string>

#include "base/system_error.h"
#include "cli/commands.h"
#include "cli/session.h"
#include "http/client.h"
#include "media/picture.h"

namespace {

using namespace heliograph;
using namespace heliograph::cli;

// `footer` is an example of use.
CLI::App* add_command(CLI::App& app, const char* name, const char* what, const char* footer) {
    CLI::App* command = app.add_subcommand(name, what);
    command->footer(std::string("Example:\n  ") + footer);
    return command;
}

// What publish and plan both take.
void add_publish_options(CLI::App& command, RunOptions& options) {
    command.add_flag("--allow-removals", options.publishing.allow_removals,
                     "However many files it would remove");
    command.add_flag_callback(
        "--replace-others",
        [&options] { options.publishing.others = publish::OthersChanges::kReplace; },
        "Put our files in place of what others made of them at the target");
}

// update, build, publish and run differ in which stages they do.
void add_stages(CLI::App& app, CommonOptions& common, RunOptions& options,
                std::function<int()>& action) {
    struct Command {
        const char* name;
        const char* what;
        const char* example;
        bool update, build, publish;
    };
    static constexpr Command kCommands[] = {
        {"update", "Ask the sources, read and store what is new", "heliograph update", true, false,
         false},
        {"build", "Render what changed in the store into each target's files", "heliograph build",
         false, true, false},
        {"publish", "Bring the built files to the targets", "heliograph publish --target git",
         false, false, true},
        {"plan", "What publish would change at each target, and why; changes nothing",
         "heliograph plan --verbose", false, false, true},
    };
    for (const Command& command : kCommands) {
        CLI::App* added = add_command(app, command.name, command.what, command.example);
        if (command.update) {
            added->add_option("--source", options.source,
                              "Only the source of this name or address");
            added->add_option("--since", options.since,
                              "Read sources whole, with their older pages, back to this day");
        }
        if (!command.update)
            added->add_option("--target", options.target, "Only the target of this name");
        if (command.publish) add_publish_options(*added, options);
        if (std::string_view(command.name) == "plan")
            added
                ->add_option("--months", options.publishing.months,
                             "Also which limits of its host it meets within so many months")
                ->check(CLI::Range(1, 600));
        if (std::string_view(command.name) == "publish")
            added->add_flag("--dry-run", options.dry_run, "Only say what it would do");
        if (command.build)
            added->add_flag("--full", options.full,
                            "Render every page again; the files are the same");
        added->callback([&options, &common, &action, command] {
            options.once = true;
            options.dry_run |= std::string_view(command.name) == "plan";
            options.update = command.update;
            options.build = command.build;
            options.publish = command.publish;
            action = [&] { return run(common, options); };
        });
    }
    CLI::App* all = add_command(app, "run", "update, build and publish; safe to call from cron",
                                "heliograph run --once");
    options.once = false;
    all->add_flag("--once", options.once,
                  "Leave when it is done, instead of beginning again after a while");
    const auto* pause = all->add_option("--every", "Minutes from one round's end to the next (15)")
                            ->check(CLI::Range(1, 10'080));
    all->callback([&options, &common, &action, pause] {
        if (pause->count() > 0) options.pause = std::chrono::minutes{pause->as<int>()};
        action = [&] { return run(common, options); };
    });
}

void add_target(CLI::App& app, CommonOptions& common, MoveOptions& options,
                std::function<int()>& action) {
    CLI::App* target = app.add_subcommand("target", "The places the mirror is published to");
    target->require_subcommand(1);
    CLI::App* move = add_command(
        *target, "move", "Let another host take the place of one; both stay while both can",
        "heliograph target move git git@other.example:us/mirror.git --base-url "
        "https://other.example/us/mirror/blob/main/");
    move->add_option("old", options.move.from, "Name of the target")->required();
    move->add_option("new", options.move.to,
                     "The new repository, folder or file; of a bucket https://ENDPOINT/BUCKET")
        ->required();
    move->add_option("--base-url", options.move.base_url, "Where readers find it")->required();
    move->add_option("--name", options.move.name, "Name of the new target (OLD-2)");
    move->add_option("--set", options.move.settings,
                     "KEY=VALUE that the new one has otherwise, such as credentials=FILE");
    move->callback([&] { action = [&] { return move_target(common, options); }; });
}

void add_extract(CLI::App& app, CommonOptions& common, ExtractOptions& options,
                 std::function<int()>& action) {
    static const std::map<std::string, ExtractFormat> kFormats = {
        {"markdown", ExtractFormat::kMarkdown},
        {"html", ExtractFormat::kHtml},
        {"text", ExtractFormat::kText},
        {"jsonl", ExtractFormat::kJsonLines}};
    CLI::App* command =
        add_command(app, "extract", "Pages to articles, on standard output; one or thousands",
                    "heliograph extract --jsonl saved-pages/ > articles.jsonl");
    command->add_option("pages", options.pages, "Files, folders of .html files, addresses");
    command->add_option("--warc", options.warc, "WARC files, for the pages in them");
    command->add_option(
        "--list", options.list,
        "A file with more of them, a line each: NAME[<tab>ADDRESS[<tab>CHARSET]]; - is stdin");
    command->add_option("--format", options.format, "markdown, html, text or jsonl (markdown)")
        ->type_name("FORMAT")
        ->transform(CLI::Validator(
            [](std::string& name) {
                const auto format = kFormats.find(name);
                if (format == kFormats.end())
                    return fmt::format("'{}' is none of markdown, html, text and jsonl", name);
                name = std::to_string(static_cast<int>(format->second));
                return std::string();
            },
            ""));
    command->add_flag("--jsonl", options.json_lines, "The same as --format jsonl");
    command->add_option("--url", options.url, "Where the files come from (what each declares)");
    command->add_option("--charset", options.charset,
                        "What the server said of the files' encoding");
    command->add_flag("--allow-private", options.allow_private,
                      "Addresses may lead into this machine's own network");
    command->add_flag(
        "--explain", options.explain,
        "One HTML page that shows what was kept and dropped of a single page, and why");
    command->add_flag("--learn", options.learn,
                      "Read all pages twice: what several of one host share is no article");
    command->add_option("--rules", options.rules,
                        "Site rules for all of the pages (docs/site-rules.md)");
    command->callback([&] { action = [&] { return extract(common, options); }; });
}

void add_rules(CLI::App& app, CommonOptions& common, RulesOptions& options,
               std::function<int()>& action) {
    CLI::App* rules = app.add_subcommand("rules", "CSS rules for sites that come out wrong");
    rules->require_subcommand(1);
    CLI::App* test =
        add_command(*rules, "test", "What rules do to pages; status 1: one matched nothing",
                    "heliograph rules test rules/daily.example.toml saved-pages/");
    test->add_option("file", options.file, "The rules, a TOML file (docs/site-rules.md)")
        ->required();
    test->add_option("pages", options.pages, "Files, folders of .html files, addresses")
        ->required();
    test->add_option("--url", options.url, "Where the files come from (what each declares)");
    test->add_flag("--allow-private", options.allow_private,
                   "Addresses may lead into this machine's own network");
    test->callback([&] { action = [&] { return test_rules(common, options); }; });
}

int main_or_throw(int argc, char** argv) {
    CLI::App app{
        "Heliograph keeps complete, current, verifiable copies of publishers' articles on hosts "
        "that readers "
        "can reach."};
    app.name("heliograph");
    app.set_version_flag("--version", "heliograph " HELIOGRAPH_VERSION);
    app.require_subcommand(1);
    app.fallthrough();  // common options may stand after the command
    app.footer(
        "Exit status: 0 done, 1 some items failed (listed), 2 usage or configuration, 3 nothing "
        "could be done.");

    CommonOptions common;
    app.add_option("-c,--config", common.config, "The configuration (heliograph.toml)");
    app.add_flag("--json", common.json, "Report as JSON");
    app.add_flag("-q,--quiet", common.quiet, "Only failures");
    app.add_flag("-v,--verbose", common.verbose, "Also notes and what happens meanwhile");

    std::function<int()> action;
    InitOptions init_options;
    CLI::App* init_command = add_command(app, "init", "Write a commented configuration",
                                         "heliograph init https://daily.example/feed.xml");
    init_command->add_option("feed", init_options.feed, "Address of a first feed");
    init_command->add_flag("--force", init_options.force,
                           "Overwrite a configuration that is there");
    init_command->callback([&] { action = [&] { return init(common, init_options); }; });

    AddOptions add_options;
    CLI::App* add_command_line = add_command(
        app, "add", "Find a site's feeds and sitemaps, append them to the configuration",
        "heliograph add https://daily.example/");
    add_command_line
        ->add_option("url", add_options.url,
                     "The site, or a page of it; or an archive or list here")
        ->required();
    add_command_line->add_option("--section", add_options.section, "Key of their section");
    add_command_line->add_option("--name", add_options.name, "The publisher's name");
    add_command_line->add_flag("--allow-private", add_options.allow_private,
                               "The site may be on this machine's own network");
    add_command_line->callback([&] { action = [&] { return add(common, add_options); }; });

    ImportOptions import_options;
    CLI::App* import_command =
        add_command(app, "import", "Take articles from a WARC file or a folder of saved pages",
                    "heliograph import crawl.warc.gz");
    import_command->add_option("path", import_options.path, "The file or folder")->required();
    import_command->add_option("--source", import_options.source,
                               "Name or address of the source they belong to (by their site)");
    import_command->callback(
        [&] { action = [&] { return import_pages(common, import_options); }; });

    RunOptions run_options;
    add_stages(app, common, run_options, action);

    add_command(app, "status", "How sources and targets fare", "heliograph status --json")
        ->callback([&] { action = [&] { return status(common); }; });

    WithdrawOptions withdraw_options;
    CLI::App* withdraw_command =
        add_command(app, "withdraw", "Take an article off the mirror and all its targets, for good",
                    "heliograph withdraw k3v9x0q2ma --reason 'at the author\'s request'");
    withdraw_command->add_option("article", withdraw_options.article, "Its id or address")
        ->required();
    withdraw_command
        ->add_option("--reason", withdraw_options.reason,
                     "What readers who follow an old link are told")
        ->required();
    withdraw_command->callback(
        [&] { action = [&] { return withdraw(common, withdraw_options); }; });

    MoveOptions move_options;
    add_target(app, common, move_options, action);

    LedgerOptions ledger_options;
    CLI::App* ledger_command =
        add_command(app, "ledger", "Every address ever discovered, its fate and the reason",
                    "heliograph ledger --fate failed");
    ledger_command->add_option("url", ledger_options.url,
                               "Only this address, with its whole story");
    ledger_command->add_option("--source", ledger_options.source,
                               "Only what this source (name or address) told of");
    ledger_command->add_option("--fate", ledger_options.fate, "Only addresses of this fate");
    ledger_command->add_flag("--gaps", ledger_options.gaps,
                             "Only what some sources of a publisher tell of and others do not");
    ledger_command->callback([&] { action = [&] { return ledger(common, ledger_options); }; });

    ServeOptions serve_options;
    CLI::App* serve_command =
        add_command(app, "serve", "Show a published folder to readers; keeps no record of them",
                    "heliograph serve --port 8080");
    serve_command->add_option("folder", serve_options.folder,
                              "The folder (that of the first directory target)");
    serve_command->add_option("--address", serve_options.address,
                              "Address to listen at (127.0.0.1)");
    serve_command->add_option("--port", serve_options.port, "Port (8471)")
        ->check(CLI::Range(0, 65'535));
    serve_command->callback([&] { action = [&] { return serve(common, serve_options); }; });

    ExtractOptions extract_options;
    add_extract(app, common, extract_options, action);

    RulesOptions rules_options;
    add_rules(app, common, rules_options, action);

    LintOptions lint_options;
    CLI::App* lint_command =
        add_command(app, "lint", "Does any page ask another host, run a script, lead nowhere?",
                    "heliograph lint public");
    lint_command->add_option("folder", lint_options.folder,
                             "The folder (that of the first directory target)");
    lint_command->callback([&] { action = [&] { return lint(common, lint_options); }; });

    DemoOptions demo_options;
    CLI::App* demo_command =
        add_command(app, "demo", "Mirror a small made-up newsroom on this machine",
                    "heliograph demo --no-serve");
    demo_command->add_option("--newsroom", demo_options.newsroom, "Folder of the newsroom (demo)");
    demo_command->add_option("--output", demo_options.output,
                             "Folder for the mirror (demo-mirror)");
    demo_command
        ->add_option("--newsroom-port", demo_options.newsroom_port, "Port of the newsroom (8470)")
        ->check(CLI::Range(1, 65'535));
    demo_command->add_option("--port", demo_options.port, "Port of the mirror (8471)")
        ->check(CLI::Range(1, 65'535));
    demo_command->add_flag("!--no-serve", demo_options.serve,
                           "Leave when the mirror is made and checked");
    demo_command->callback([&] { action = [&] { return demo(common, demo_options); }; });

    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        return app.exit(error) == 0 ? kDone : kBadUsage;
    }
    http::start();
    media::start(argv[0]);
    return action();
}

}  // namespace

int main(int argc, char** argv) {
    // A reader that closes the pipe, a remote that closes the connection: an error code will do.
    std::signal(SIGPIPE, SIG_IGN);
    try {
        return main_or_throw(argc, argv);
    } catch (const SystemError& error) {
        complain(error.what());
    } catch (const std::exception& error) {
        complain(std::string("stopped by an unforeseen failure: ") + error.what());
    }
    return kNothingDone;
}
