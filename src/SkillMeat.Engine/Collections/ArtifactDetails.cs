namespace SkillMeat.Collections;

/// <summary>Data of an artifact that operations do not need.</summary>
internal sealed record ArtifactDetails
{
    public DateTimeOffset? Fetched { get; init; }

    public DateTimeOffset? DiscoveredAt { get; init; }

    public TextValues Tools { get; init; } = [];

    public TextValues Dependencies { get; init; } = [];

    public TextValues TargetPlatforms { get; init; } = [];

    public string? Uuid { get; init; }

    public string? ImportId { get; init; }

    public ItemList<LinkedArtifact> LinkedArtifacts { get; init; } = [];

    public TextValues UnlinkedReferences { get; init; } = [];

    public KeyValues Extra { get; init; } = KeyValues.None;

    public KeyValues OtherValues { get; init; } = KeyValues.None;
}
