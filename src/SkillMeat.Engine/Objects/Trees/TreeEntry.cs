namespace SkillMeat.Objects.Trees;

/// <summary>An entry of a tree.</summary>
/// <param name="Name">The name, one component of a path.</param>
/// <param name="Kind">The kind.</param>
/// <param name="Id">The blob of a file or of a link's target, or the tree of a folder.</param>
/// <param name="Size">The length in bytes. For a folder, that of all files in it.</param>
internal sealed record TreeEntry(string Name, TreeEntryKind Kind, ObjectId Id, long Size)
{
    /// <summary>All nine permission bits.</summary>
    public const int AllPermissions = 0x1ff;

    /// <summary>The nine bits of Unix permissions. 0 if unknown, as on Windows and for content from upstream. Always 0 for a link.</summary>
    public int Mode { get; init; }

    public bool IsLink => Kind == TreeEntryKind.Link;

    /// <summary>Whether both are files, or both links, with the same bytes. Names and permissions do not count, not even the executable bit.</summary>
    public bool HasContentOf(TreeEntry other) => IsLink == other.IsLink && Id == other.Id;

    /// <summary>Whether both are of the same kind with the same content. Names and permissions beside the executable bit do not count.</summary>
    public bool IsSameAs(TreeEntry other) => Kind == other.Kind && Id == other.Id;
}
