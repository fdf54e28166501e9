using System.CommandLine;
using SkillMeat.Cli.Output;
using SkillMeat.Cli.Output.Json;
using SkillMeat.Collections;
using SkillMeat.Errors;
using SkillMeat.Upstream;
using SkillMeat.Upstream.Http;

namespace SkillMeat.Cli;

/// <summary>One run of one command: the home it works on and where its results go.</summary>
internal sealed class CommandRun
{
    private readonly SkmHost _host;
    private readonly string? _home;
    private readonly bool _isVerbose;

    public CommandRun(SkmHost host, GlobalOptions options, ParseResult parsed)
    {
        _host = host;
        _home = parsed.GetValue(options.Home);
        _isVerbose = parsed.GetValue(options.Verbose);
        IsQuiet = parsed.GetValue(options.Quiet);
        Format = options.FormatOf(parsed);
        var seconds = parsed.GetValue(options.LockTimeout);
        LockTimeout = seconds is >= 0 and <= 86_400
            ? TimeSpan.FromSeconds(seconds)
            : throw new SkillMeatException(ErrorIds.InvalidArgument, $"--lock-timeout takes 0 to 86400 seconds, not {seconds}.");
    }

    public OutputFormat Format { get; }

    public bool IsJson => Format == OutputFormat.Json;

    public bool IsQuiet { get; }

    public TimeSpan LockTimeout { get; }

    public TimeProvider Time => _host.Time;

    public bool IsInteractive => _host.IsInteractive;

    /// <summary>What a relative path refers to.</summary>
    public static string CurrentFolder => Directory.GetCurrentDirectory();

    /// <exception cref="SkillMeatException">An empty one was asked for. That is a script's variable without a value, and must not mean the user's own home.</exception>
    public string HomePath => _home is null || !string.IsNullOrWhiteSpace(_home)
        ? HomeFolder.Find(_home, _host.Environment)
        : throw new SkillMeatException(ErrorIds.InvalidArgument, "--home takes a folder, not an empty text.");

    public CollectionStore OpenHome() => Announce(CollectionStore.Open(HomePath, _host.Time));

    /// <summary>Opens the home for a command that must not write to it.</summary>
    public CollectionStore OpenHomeToRead() => Announce(CollectionStore.OpenToRead(HomePath, _host.Time));

    /// <summary>Passes on what opening a home found.</summary>
    public CollectionStore Announce(CollectionStore store)
    {
        Verbose($"The home is {store.Home}.");
        foreach (var notice in store.Notices)
        {
            Warn(notice);
        }

        return store;
    }

    public UpstreamSession OpenUpstream(CollectionStore store, TimeSpan rateLimitWait) => UpstreamSession.Create(store, UpstreamOptions(rateLimitWait));

    public UpstreamSessionOptions UpstreamOptions(TimeSpan rateLimitWait) => new()
    {
        Environment = _host.Environment,
        Handler = _host.HttpHandler,
        Http = new UpstreamOptions { MaxRateLimitWait = rateLimitWait },
        Report = Verbose,
    };

    public TableWriter Tables() => new(_host);

    public void WriteJson<T>(T value) => JsonOutput.Write(_host.Output, value);

    /// <summary>A line for people, on standard output with a table and on standard error beside JSON.</summary>
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

    /// <summary>An error that does not keep the rest from being done.</summary>
    public void Error(SkillMeatException error) => _host.Error.WriteLine(ErrorLine.Of(error));

    /// <summary>A line that belongs to a question, and so is not part of the result.</summary>
    public void Show(string line) => _host.Error.WriteLine(PlainText.OnOneLine(line));

    public void Verbose(string line)
    {
        if (_isVerbose)
        {
            _host.Error.WriteLine(PlainText.OnOneLine(line));
        }
    }

    /// <summary>Shows what is going on as long as it goes on, where somebody may be watching.</summary>
    public Progress ShowProgress(string what) => new(_host, what, isShown: _host.IsInteractive && !IsQuiet);

    /// <summary>Asks a yes-or-no question; the answer is no where nobody can be asked.</summary>
    public bool Confirm(string question) => Ask($"{question} [y/N]") is "y" or "Y" or "yes" or "Yes";

    /// <summary>Asks a question.</summary>
    /// <returns>The answer; null when there is none and will be none.</returns>
    public string? Ask(string question)
    {
        _host.Error.Write(PlainText.OnOneLine($"{question} "));
        return _host.Input.ReadLine()?.Trim();
    }

    public static ArtifactFilter FilterOf(ParseResult parsed, Option<string[]> type, Option<string[]> name) =>
        ArtifactFilter.Parse(ChoicesOf(parsed, type), ChoicesOf(parsed, name));

    /// <summary>What was chosen with an option. Chosen and empty is a script's variable without a value, and must not mean everything.</summary>
    public static string[] ChoicesOf(ParseResult parsed, Option<string[]> option)
    {
        var values = parsed.GetValue(option) ?? [];
        return Array.Exists(values, v => v.AsSpan().Trim(" \t,").IsEmpty)
            ? throw new SkillMeatException(ErrorIds.InvalidArgument, $"{option.Name} is empty. Leave it out to mean all.")
            : values;
    }
}
