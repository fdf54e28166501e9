namespace SkillMeat.Cli;

/// <summary>The exit codes of <c>skm</c>.</summary>
internal static class ExitCode
{
    public const int Success = 0;

    /// <summary>An error occurred, for at least one artifact.</summary>
    public const int Error = 1;

    /// <summary>From <c>--check-only</c>: updates are available, and no error occurred. From <c>drift</c>: there is drift. From <c>stale</c>: something is stale.</summary>
    public const int UpdatesAvailable = 2;

    /// <summary>From <c>update</c>, <c>deploy</c>, <c>undeploy</c>, <c>sync</c> and <c>adopt</c>: an artifact has conflicts, and no error occurred.</summary>
    public const int Conflict = 3;

    /// <summary>Cancelled by Ctrl+C, with the number that shells use.</summary>
    public const int Cancelled = 130;
}
