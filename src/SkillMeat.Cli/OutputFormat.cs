namespace SkillMeat.Cli;

/// <summary>How results are written.</summary>
internal enum OutputFormat
{
    /// <summary>For people.</summary>
    Table,

    /// <summary>For scripts: snake_case, and nothing else on standard output.</summary>
    Json,
}
