namespace SkillMeat.Tests.Support;

/// <summary>The surroundings of a run of <c>skm</c>: by default empty, without even a user's folder.</summary>
public sealed record SkmSurroundings
{
    public IReadOnlyDictionary<string, string?> Environment { get; init; } = new Dictionary<string, string?>();

    public string Input { get; init; } = "";

    public bool IsInteractive { get; init; }

    public bool IsOutputTerminal { get; init; }

    public int Width { get; init; } = 160;

    public TimeProvider? Time { get; init; }

    public CancellationToken? Cancellation { get; init; }

    /// <summary>Whether a process that a test starts can have them: it has the system's clock, and no terminal.</summary>
    public bool FitsProcess => Time is null && Cancellation is null && !IsInteractive && !IsOutputTerminal;
}
