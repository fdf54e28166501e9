namespace SkillMeat.Upstream.Git;

/// <summary>The capabilities that a server announces.</summary>
internal sealed record GitCapabilities
{
    /// <summary>The capabilities of GitHub, which do not need to be requested.</summary>
    public static GitCapabilities OfGitHub { get; } = new() { ProtocolVersion = 2, Filter = true, Shallow = true };

    /// <summary>The protocol version: 0, 1 or 2.</summary>
    public required int ProtocolVersion { get; init; }

    /// <summary>Whether a fetch can leave out objects (partial clone).</summary>
    public bool Filter { get; init; }

    /// <summary>Whether a fetch can limit the history (shallow clone).</summary>
    public bool Shallow { get; init; }

    /// <summary>Whether the client should repeat the object format that the server announced.</summary>
    public bool ObjectFormat { get; init; }

    /// <summary>Whether version 2 reports the target of <c>HEAD</c> in an empty repository.</summary>
    public bool Unborn { get; init; }

    /// <summary>Whether packs can be sent in a side band, together with errors (versions 0 and 1; version 2 always does).</summary>
    public bool SideBand { get; init; }

    /// <summary>Whether deltas may refer to their base by offset (versions 0 and 1; version 2 always allows it).</summary>
    public bool OffsetDelta { get; init; }

    /// <summary>Whether progress messages can be turned off (versions 0 and 1; version 2 always allows it).</summary>
    public bool NoProgress { get; init; }

    /// <summary>
    /// The best variant of <c>multi_ack</c> that the server knows (versions 0 and 1); null if it knows none. Azure DevOps sends nothing without it.
    /// </summary>
    public string? MultiAck { get; init; }
}
