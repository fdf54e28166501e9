namespace SkillMeat.Upstream.FrontMatters;

/// <summary>A place in front matter that strict YAML does not accept.</summary>
/// <param name="Code">A stable name of the kind of problem.</param>
/// <param name="Line">The line, counted from 1.</param>
/// <param name="Message">The problem, without a period.</param>
/// <param name="Hint">The remedy, without a period.</param>
/// <remarks>Immutable.</remarks>
internal sealed record FrontMatterProblem(string Code, int Line, string Message, string Hint)
{
    public const string NotClosed = "front-matter-not-closed";
    public const string NotYaml = "front-matter-not-yaml";
    public const string NotText = "front-matter-not-text";
    public const string TooLong = "front-matter-too-long";
    public const string Duplicate = "front-matter-duplicate-key";

    /// <summary>The remedy for most values.</summary>
    public const string Quote = "Put the value in quotes";

    /// <summary>Returns the problem with the line counted in a text that has this one below other lines.</summary>
    /// <param name="firstLine">The line at which this text begins.</param>
    public FrontMatterProblem Below(int firstLine) => this with { Line = Line + firstLine - 1 };

    /// <summary>Describes the problem in two sentences.</summary>
    /// <param name="file">The name of the file.</param>
    public string Describe(string file) => $"{file} line {Line}: {Message}. {Hint}.";
}
