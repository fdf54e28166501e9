using SkillMeat.Objects;
using SkillMeat.Objects.Trees;

namespace SkillMeat.Upstream.Contents;

/// <summary>A name of a tree that is being gathered.</summary>
internal sealed class ContentNode
{
    private ContentNode(Dictionary<string, ContentNode>? children)
    {
        Children = children;
    }

    /// <summary>What is in a folder; null for everything else.</summary>
    public Dictionary<string, ContentNode>? Children { get; }

    /// <summary>What it is, unless it is a folder.</summary>
    public TreeEntryKind Kind { get; private init; }

    /// <summary>The bytes of a file.</summary>
    public ObjectId Id { get; private init; }

    /// <summary>How many they are.</summary>
    public long Size { get; private init; }

    /// <summary>Where a link leads.</summary>
    public string? Target { get; private init; }

    public static ContentNode Folder() => new(new Dictionary<string, ContentNode>(StringComparer.Ordinal));

    public static ContentNode File(ObjectId id, long size, bool isExecutable) =>
        new(children: null) { Kind = isExecutable ? TreeEntryKind.Executable : TreeEntryKind.File, Id = id, Size = size };

    public static ContentNode Link(string target) => new(children: null) { Kind = TreeEntryKind.Link, Target = target };
}
