using System.CommandLine;
using SkillMeat.Cache;
using SkillMeat.Cli.Output;
using SkillMeat.Collections;
using SkillMeat.Errors;
using SkillMeat.Storage;
using SkillMeat.Upstream;
using SkillMeat.Upstream.Http;

namespace SkillMeat.Cli;

/// <summary>A run of a command, with its home and its output.</summary>
internal sealed class CommandRun
{
    private readonly SkmHost _host;
    private readonly string? _home;

    public CommandRun(SkmHost host, GlobalOptions options, ParseResult parsed)
    {
        _host = host;
        _home = parsed.GetValue(options.Home);
        IsVerbose = parsed.GetValue(options.Verbose);
        IsQuiet = parsed.GetValue(options.Quiet);
        Format = options.FormatOf(parsed);
        LockTimeout = WaitSeconds.Parse(options.LockTimeout.Name, parsed.GetValue(options.LockTimeout));
    }

    public OutputFormat Format { get; }

    public bool IsJson => Format == OutputFormat.Json;

    public bool IsQuiet { get; }

    public bool IsVerbose { get; }

    /// <summary>Standard error, for a log.</summary>
    public TextWriter Log => _host.Error;

    public TimeSpan LockTimeout { get; }

    public TimeProvider Time => _host.Time;

    /// <summary>Whether standard output is a terminal, which nobody keeps.</summary>
    public bool IsOutputTerminal => _host.IsOutputTerminal;

    public bool IsInteractive => _host.IsInteractive && !IsQuiet;

    /// <summary>The reason that nobody can be asked, as the end of a sentence.</summary>
    public string WhyNoPrompt => IsQuiet ? "--quiet suppresses prompts" : "there is no console to prompt on";

    /// <summary>Whether a choice can be drawn on the terminal. JSON is for programs.</summary>
    public bool CanPrompt => IsInteractive && !IsJson && _host.Environment("TERM") is not "dumb";

    /// <summary>Reads an environment variable.</summary>
    public Func<string, string?> Environment => _host.Environment;

    /// <summary>The folder that relative paths refer to.</summary>
    public static string CurrentFolder => Directory.GetCurrentDirectory();

    /// <exception cref="SkillMeatException">The option is empty. That is a script's variable without a value, and must not mean the user's own home.</exception>
    public string HomePath => _home is null || !string.IsNullOrWhiteSpace(_home)
        ? HomeFolder.Find(_home, _host.Environment)
        : throw new SkillMeatException(ErrorIds.InvalidArgument, "--home is empty. Give a folder.");

    public CollectionStore OpenHome() => Announce(CollectionStore.Open(HomePath, _host.Time));

    /// <summary>Opens the home for a command that must not write to it.</summary>
    public CollectionStore OpenHomeToRead() => Announce(CollectionStore.OpenToRead(HomePath, _host.Time));

    /// <summary>Opens the home for a command that must not write to it, and needs none.</summary>
    public CollectionStore OpenHomeIfThere() => Announce(CollectionStore.OpenOrEmpty(HomePath, _host.Time));

    /// <summary>Reports the notices of a home that was just opened.</summary>
    public CollectionStore Announce(CollectionStore store)
    {
        Verbose($"The home is {store.Home}.");
        foreach (var notice in store.Notices)
        {
            Warn(notice);
        }

        return store;
    }

    public UpstreamSession OpenUpstream(CollectionStore store, UpstreamOptions http) => HomeCache.Connect(store, SessionOptions(http));

    /// <summary>Opens the cache of a home.</summary>
    public HomeCache OpenCache(CollectionStore store) => HomeCache.Open(store, new HomeCacheOptions { Environment = _host.Environment, Report = Warn });

    public UpstreamSessionOptions SessionOptions(UpstreamOptions http) => new()
    {
        Environment = _host.Environment,
        Handler = _host.HttpHandler,
        Http = http,
        Report = Verbose,
    };

    public TableWriter Tables() => new(_host);

    public DiffWriter Diffs() => new(_host);

    public void WriteJson<T>(T value) => JsonOutput.Write(_host.Output, value);

    /// <summary>Writes a value on a line of its own, for a command that writes several.</summary>
    public void WriteJsonLine<T>(T value) => JsonOutput.WriteLine(_host.Output, value);

    /// <summary>Writes a line for people: to standard output after a table, or to standard error if the output is JSON.</summary>
    public void Say(string line)
    {
        if (IsQuiet)
        {
            return;
        }

        if (IsJson)
        {
            _host.Error.WriteLine(PlainText.OnOneLine(line));
        }
        else
        {
            Tables().WriteLine(line);
        }
    }

    public void Warn(string line) => _host.Error.WriteLine(PlainText.OnOneLine($"warning: {line}"));

    /// <summary>Reports an error without ending the command.</summary>
    public void Error(SkillMeatException error) => _host.Error.WriteLine(ErrorLine.Of(error));

    /// <summary>Writes a line that belongs to a prompt and is not part of the result.</summary>
    public void Show(string line) => _host.Error.WriteLine(PlainText.OnOneLine(line));

    public void Verbose(string line)
    {
        if (IsVerbose)
        {
            _host.Error.WriteLine(PlainText.OnOneLine(line));
        }
    }

    /// <summary>Shows progress on a terminal until disposed.</summary>
    public Progress ShowProgress(string what) => new(_host, what, isShown: _host.IsInteractive && !IsQuiet);

    /// <summary>Opens the terminal for a choice. It is drawn on standard error, because the result belongs to standard output.</summary>
    public Spectre.Console.IAnsiConsole OpenPrompt() => Prompts.Open(_host.Error);

    /// <summary>Asks a yes-or-no question. The answer is no if there is no input.</summary>
    public bool Confirm(string question) => Ask($"{question} [y/N]") is "y" or "Y" or "yes" or "Yes";

    /// <summary>Asks a question.</summary>
    /// <returns>The answer, or null at the end of input.</returns>
    public string? Ask(string question)
    {
        _host.Error.Write(PlainText.OnOneLine($"{question} "));
        return _host.Input.ReadLine()?.Trim();
    }

    public static ArtifactFilter FilterOf(ParseResult parsed, Option<string[]> type, Option<string[]> name) =>
        ArtifactFilter.Parse(ChoicesOf(parsed, type), ChoicesOf(parsed, name));

    public static ArtifactFilter FilterOf(ParseResult parsed, Option<string[]> type) => ArtifactFilter.Parse(ChoicesOf(parsed, type), []);

    /// <summary>The values of an option. An empty value is a script's variable without a value, and must not mean everything.</summary>
    public static string[] ChoicesOf(ParseResult parsed, Option<string[]> option)
    {
        var values = parsed.GetValue(option) ?? [];
        return Array.Exists(values, v => v.AsSpan().Trim(" \t,").IsEmpty)
            ? throw new SkillMeatException(ErrorIds.InvalidArgument, $"{option.Name} is empty. Leave it out to select all.")
            : values;
    }
}
