using SkillMeat.Upstream.Git;

namespace SkillMeat.Upstream.Contents;

/// <summary>The packs that were fetched for one question. Not thread-safe.</summary>
internal sealed class GitPacks : IDisposable
{
    private readonly List<GitObjects> _packs = [];

    public void Add(GitObjects pack) => _packs.Add(pack);

    public bool Has(GitOid id) => PackOf(id) is not null;

    /// <summary>Reads the entries of a tree, or of a commit's root.</summary>
    /// <exception cref="GitProtocolException">The object is not in the packs.</exception>
    public IReadOnlyList<GitTreeEntry> ReadTree(GitOid id) => (PackOf(id) ?? throw GitProtocolException.Missing(id)).ReadTree(id);

    /// <summary>Reads the bytes of a blob.</summary>
    /// <exception cref="GitProtocolException">The object is not in the packs.</exception>
    public byte[] ReadBlob(GitOid id) => (PackOf(id) ?? throw GitProtocolException.Missing(id)).ReadBlob(id, int.MaxValue);

    /// <summary>Returns the tree of a commit.</summary>
    /// <exception cref="GitProtocolException">The object is not in the packs.</exception>
    public GitOid TreeOf(GitOid commit) => (PackOf(commit) ?? throw GitProtocolException.Missing(commit)).ReadCommit(commit).Tree;

    public void Dispose()
    {
        foreach (var pack in _packs) pack.Dispose();
    }

    private GitObjects? PackOf(GitOid id) => _packs.Find(pack => pack.TryGetKind(id, out _));
}
