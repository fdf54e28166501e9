using System.CommandLine;
using SkillMeat.Storage;

namespace SkillMeat.Cli;

/// <summary>The options that every command has.</summary>
internal sealed class GlobalOptions
{
    // A text and not the enumeration, which the help would spell in its own way, and which would be taken by number too.
    private readonly Option<string> _format = new("--format")
    {
        Description = "How results are written: table or json.",
        HelpName = "table|json",
        Recursive = true,
        DefaultValueFactory = _ => "table",
    };

    public Option<string?> Home { get; } = new("--home")
    {
        Description = "The home folder. Default: SKILLMEAT_HOME, else ~/.skillmeat.",
        HelpName = "DIR",
        Recursive = true,
    };

    public Option<bool> Quiet { get; } = new("--quiet", "-q") { Description = "No progress, no summary.", Recursive = true };

    public Option<bool> Verbose { get; } = new("--verbose", "-v") { Description = "Say on standard error what is done and why.", Recursive = true };

    public Option<double> LockTimeout { get; } = new("--lock-timeout")
    {
        Description = "How long to wait for another process that changes the collection, in seconds.",
        HelpName = "SECONDS",
        Recursive = true,
        DefaultValueFactory = _ => WaitSeconds.ForLock,
    };

    public OutputFormat FormatOf(ParseResult parsed) => parsed.GetValue(_format) == "json" ? OutputFormat.Json : OutputFormat.Table;

    public void AddTo(RootCommand root)
    {
        root.Options.Add(Home);
        _format.AcceptOnlyFromAmong("table", "json");
        root.Options.Add(_format);
        root.Options.Add(Quiet);
        root.Options.Add(Verbose);
        root.Options.Add(LockTimeout);
    }
}
