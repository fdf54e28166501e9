using SkillMeat.Objects;
using SkillMeat.Objects.Trees;

namespace SkillMeat.Upstream.Contents;

/// <summary>A node of a tree that is being built.</summary>
internal sealed class ContentNode
{
    private ContentNode(Dictionary<string, ContentNode>? children)
    {
        Children = children;
    }

    /// <summary>The children of a folder; null for anything else.</summary>
    public Dictionary<string, ContentNode>? Children { get; }

    /// <summary>The kind of the node, unless it is a folder.</summary>
    public TreeEntryKind Kind { get; private init; }

    /// <summary>The stored content of a file.</summary>
    public ObjectId Id { get; private init; }

    /// <summary>The size of a file in bytes.</summary>
    public long Size { get; private init; }

    public static ContentNode Folder() => new(new Dictionary<string, ContentNode>(StringComparer.Ordinal));

    public static ContentNode File(ObjectId id, long size, bool isExecutable) =>
        new(children: null) { Kind = isExecutable ? TreeEntryKind.Executable : TreeEntryKind.File, Id = id, Size = size };
}
