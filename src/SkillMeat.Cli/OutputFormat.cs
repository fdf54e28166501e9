namespace SkillMeat.Cli;

/// <summary>The format of results.</summary>
internal enum OutputFormat
{
    /// <summary>Tables for people.</summary>
    Table,

    /// <summary>JSON for scripts, in snake_case, with nothing else on standard output.</summary>
    Json,
}
