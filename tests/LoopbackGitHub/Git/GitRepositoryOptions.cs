namespace SkillMeat.Tests.LoopbackGitHub;

/// <summary>The options of a <see cref="GitRepositoryBuilder"/>.</summary>
public sealed record GitRepositoryOptions
{
    /// <summary>The folder; null for a new temporary folder, which <see cref="GitRepositoryBuilder.Dispose"/> deletes.</summary>
    public string? Directory { get; init; }

    /// <summary>The branch that HEAD names.</summary>
    public string DefaultBranch { get; init; } = "main";

    /// <summary>Whether there is no work tree.</summary>
    public bool Bare { get; init; } = true;

    /// <summary>Whether clients may leave out objects (<c>uploadpack.allowFilter</c>), as on GitHub.</summary>
    public bool AllowFilter { get; init; } = true;

    /// <summary>The date of the first commit, a whole second; each later one is a minute after the one before.</summary>
    public DateTimeOffset FirstCommit { get; init; } = new(2026, 1, 5, 8, 0, 0, TimeSpan.Zero);
}
