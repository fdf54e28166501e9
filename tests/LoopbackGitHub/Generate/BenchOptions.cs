namespace SkillMeat.Tests.LoopbackGitHub;

/// <summary>The options of the generator.</summary>
internal sealed record BenchOptions
{
    public required string Output { get; init; }

    public int Repositories { get; init; } = 50;

    public int Artifacts { get; init; } = 850;

    /// <summary>Commits on top of the first, in each repository; the collection is pinned in the middle of them.</summary>
    public int History { get; init; } = 20;

    /// <summary>The percentage of artifacts that change after the pin, in repositories that change.</summary>
    public int ChangedPercent { get; init; } = 20;

    /// <summary>The start of the collection's upstream addresses.</summary>
    public string ServerUrl { get; init; } = "https://github.com";

    /// <exception cref="ArgumentException">An argument is missing, unknown or out of range.</exception>
    public static BenchOptions Parse(CommandArguments arguments)
    {
        var defaults = new BenchOptions { Output = arguments.Text("--out") ?? throw new ArgumentException("generate needs --out DIR.") };
        var options = defaults with
        {
            Repositories = arguments.Number("--repos", defaults.Repositories),
            Artifacts = arguments.Number("--artifacts", defaults.Artifacts),
            History = arguments.Number("--history", defaults.History),
            ChangedPercent = arguments.Number("--changed-percent", defaults.ChangedPercent),
            ServerUrl = (arguments.Text("--server-url") ?? defaults.ServerUrl).TrimEnd('/'),
        };
        arguments.RejectUnknown();
        return options.Repositories < 1 || options.Artifacts < options.Repositories || options.ChangedPercent > 100
            ? throw new ArgumentException("There must be at least one repository, an artifact in each, and at most 100 percent.")
            : options;
    }
}
