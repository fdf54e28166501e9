namespace SkillMeat.Upstream.Git;

/// <summary>What a server said it can do.</summary>
internal sealed record GitCapabilities
{
    /// <summary>The capabilities that every GitHub has, so that nobody needs to ask.</summary>
    public static GitCapabilities OfGitHub { get; } = new() { ProtocolVersion = 2, Filter = true, Shallow = true };

    /// <summary>0, 1 or 2.</summary>
    public required int ProtocolVersion { get; init; }

    /// <summary>Whether objects can be left out of a fetch (partial clone).</summary>
    public bool Filter { get; init; }

    /// <summary>Whether history can be cut off (shallow clone).</summary>
    public bool Shallow { get; init; }

    /// <summary>Whether the server wants to hear the object format that it named.</summary>
    public bool ObjectFormat { get; init; }

    /// <summary>Whether version 2 tells where an empty repository's <c>HEAD</c> will point.</summary>
    public bool Unborn { get; init; }

    /// <summary>Versions 0 and 1: whether packs can come in a side band, with errors beside them. Version 2 always does.</summary>
    public bool SideBand { get; init; }

    /// <summary>Versions 0 and 1: whether deltas may name their base by offset. Version 2 always may.</summary>
    public bool OffsetDelta { get; init; }

    /// <summary>Versions 0 and 1: whether progress can be turned off. Version 2 always can.</summary>
    public bool NoProgress { get; init; }

    /// <summary>Versions 0 and 1: the best word the server knows for telling several commits that both have; null when it knows none. Azure DevOps gives nothing without it.</summary>
    public string? MultiAck { get; init; }
}
