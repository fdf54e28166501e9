namespace SkillMeat.Objects.Trees;

/// <summary>A name in a tree.</summary>
/// <param name="Name">One component of a path.</param>
/// <param name="Kind">What it stands for.</param>
/// <param name="Id">The blob of a file or of a link's target, the tree of a folder.</param>
/// <param name="Size">Length in bytes; of a folder, of all files in it.</param>
internal sealed record TreeEntry(string Name, TreeEntryKind Kind, ObjectId Id, long Size)
{
    /// <summary>All nine permissions.</summary>
    public const int MostMode = 0x1ff;

    /// <summary>The Unix permissions, nine bits; 0 where they are not known, as on Windows and for what upstream has. Of a link always 0.</summary>
    public int Mode { get; init; }

    public bool IsLink => Kind == TreeEntryKind.Link;

    /// <summary>Whether both are files, or both links, with the same bytes. Names and permissions do not count, not even the executable bit.</summary>
    public bool HasContentOf(TreeEntry other) => IsLink == other.IsLink && Id == other.Id;

    /// <summary>Whether both are of the same kind with the same content. Names and permissions beside the executable bit do not count.</summary>
    public bool IsSameAs(TreeEntry other) => Kind == other.Kind && Id == other.Id;
}
