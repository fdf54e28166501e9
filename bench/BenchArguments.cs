using System.Globalization;

namespace SkillMeat.Bench;

/// <summary>The arguments of the command line.</summary>
internal sealed record BenchArguments
{
    public const string Usage = """
        dotnet run -c Release --project bench -- [--runs N] [--filter NAME] [--quick]
            --runs N       how often each is measured (default 7)
            --filter NAME  only benchmarks with NAME in their names: startup list delayed engine-check memory refresh toml transaction module objects snapshots updates projects stale lock-entry growth module-growth
            --quick        one run of each: shows that it works, measures little
        """;

    public int Runs { get; init; } = 7;

    public string Filter { get; init; } = "";

    public bool Help { get; init; }

    /// <exception cref="ArgumentException">An argument is unknown or missing.</exception>
    public static BenchArguments Parse(ReadOnlySpan<string> arguments) => arguments switch
    {
        [] => new BenchArguments(),
        ["--help" or "-h", ..] => new BenchArguments { Help = true },
        ["--quick", .. var rest] => Parse(rest) with { Runs = 1 },
        ["--filter", var name, .. var rest] => Parse(rest) with { Filter = name },
        ["--runs", var text, .. var rest] when int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var runs) && runs > 0 => Parse(rest) with { Runs = runs },
        [var wrong, ..] => throw new ArgumentException($"'{wrong}' is not understood.\n{Usage}"),
    };
}
