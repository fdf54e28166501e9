namespace SkillMeat.Merging;

/// <summary>What is known of a file of an artifact without its content.</summary>
internal sealed record TreeFile
{
    private TreeFile(FileKind kind, string identity, long size)
    {
        (Kind, Identity, Size) = (kind, identity, size);
    }

    public FileKind Kind { get; }

    /// <summary>A hash of the content that can't collide, of whatever sort as long as all trees of a merge use the same; of a link its target.</summary>
    public string Identity { get; }

    /// <summary>The content's length in bytes; 0 for a link.</summary>
    public long Size { get; }

    public bool IsLink => Kind == FileKind.Link;

    public static TreeFile OfContent(string hash, long size, bool isExecutable = false) => new(isExecutable ? FileKind.Executable : FileKind.File, hash, size);

    public static TreeFile OfLink(string target) => new(FileKind.Link, target, 0);

    /// <summary>Whether both are files, or both links, of the same content. The executable bit is not part of it.</summary>
    public bool HasContentOf(TreeFile other) => IsLink == other.IsLink && Identity == other.Identity;
}
