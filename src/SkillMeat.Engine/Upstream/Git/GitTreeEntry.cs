using System.Text;

namespace SkillMeat.Upstream.Git;

/// <summary>One entry of a git tree.</summary>
internal sealed class GitTreeEntry
{
    private const int TypeBits = 0xF000;

    public GitTreeEntry(ReadOnlyMemory<byte> nameBytes, GitFileMode mode, GitOid oid)
    {
        NameBytes = nameBytes;
        Mode = mode;
        Oid = oid;
    }

    public GitTreeEntry(string name, GitFileMode mode, GitOid oid)
        : this(Encoding.UTF8.GetBytes(name), mode, oid)
    {
    }

    /// <summary>The name as text; bytes that are not UTF-8 become U+FFFD.</summary>
    public string Name => Encoding.UTF8.GetString(NameBytes.Span);

    /// <summary>The bytes of the name, by which git compares and sorts.</summary>
    public ReadOnlyMemory<byte> NameBytes { get; }

    public GitFileMode Mode { get; }

    public GitOid Oid { get; }

    /// <summary>The kind of the object: a commit for a submodule, a blob for a link.</summary>
    public GitObjectKind Kind => ((int)Mode & TypeBits) switch
    {
        (int)GitFileMode.Folder => GitObjectKind.Tree,
        (int)GitFileMode.Submodule => GitObjectKind.Commit,
        _ => GitObjectKind.Blob,
    };

    public override string ToString() => $"{Convert.ToString((int)Mode, 8).PadLeft(6, '0')} {Oid} {Name}";
}
