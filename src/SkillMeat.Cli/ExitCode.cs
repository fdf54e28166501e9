namespace SkillMeat.Cli;

/// <summary>What the process says to scripts.</summary>
internal static class ExitCode
{
    public const int Success = 0;

    /// <summary>Something went wrong, if only for one artifact.</summary>
    public const int Error = 1;

    /// <summary>From <c>--check-only</c>: there are updates, and nothing went wrong.</summary>
    public const int UpdatesAvailable = 2;

    /// <summary>From <c>update</c>: a person has to choose about an artifact, and nothing went wrong.</summary>
    public const int Conflict = 3;

    /// <summary>Stopped by Ctrl+C, as shells count it.</summary>
    public const int Cancelled = 130;
}
