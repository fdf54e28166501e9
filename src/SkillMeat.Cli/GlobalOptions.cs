using System.CommandLine;
using SkillMeat.Storage;

namespace SkillMeat.Cli;

/// <summary>The options that every command has.</summary>
internal sealed class GlobalOptions
{
    // Not the enumeration: the help would spell its values differently, and numbers would be accepted, too.
    private readonly Option<string> _format = new("--format")
    {
        Description = "Output format: table or json.",
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

    public Option<bool> Quiet { get; } = new("--quiet", "-q") { Description = "Suppress progress, summaries and prompts.", Recursive = true };

    public Option<bool> Verbose { get; } = new("--verbose", "-v") { Description = "Report each step on standard error.", Recursive = true };

    public Option<double> LockTimeout { get; } = SecondsOption.Create(
        "--lock-timeout", "Seconds to wait for another process that is changing the collection.", WaitSeconds.ForLock, recursive: true);

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
