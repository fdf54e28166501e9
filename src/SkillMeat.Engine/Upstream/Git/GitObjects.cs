using System.Text;
using SkillMeat.Upstream.Git.Packs;

namespace SkillMeat.Upstream.Git;

/// <summary>
/// Objects that were fetched. They stay packed, in memory or in a temporary file, and are inflated when they are asked for. Wherever an
/// id is expected, that of an annotated tag stands for what it names.
/// </summary>
/// <remarks>Safe for use from many threads, which then wait for each other. Ids that are not here give a <see cref="GitProtocolException"/> that names them.</remarks>
internal sealed class GitObjects : IDisposable
{
    // Tags of tags of tags: more than anybody makes.
    private const int LongestTagChain = 64;

    private readonly PackContents _pack;
    private readonly object _gate = new();
    private bool _isDisposed;

    private GitObjects(PackContents pack, bool includesBlobs)
    {
        _pack = pack;
        IncludesBlobs = includesBlobs;
    }

    /// <summary>Whether the files' contents came along. When false, only blobs that were wanted by id are here.</summary>
    public bool IncludesBlobs { get; }

    /// <summary>The ids of all objects.</summary>
    public IReadOnlyCollection<GitOid> Oids => _pack.Oids;

    /// <summary>Reads a pack once from end to end. The pack belongs to the result, and is closed when this fails.</summary>
    /// <exception cref="GitProtocolException">The pack is damaged, or something in it is too large.</exception>
    public static GitObjects Open(PackData pack, bool includesBlobs, CancellationToken cancellationToken) =>
        new(PackContents.Open(pack, cancellationToken), includesBlobs);

    /// <summary>The kind of an object as it is, tags included; false when it is not here.</summary>
    public bool TryGetKind(GitOid oid, out GitObjectKind kind)
    {
        var found = _pack.Find(oid);
        kind = found?.Kind ?? default;
        return found is not null;
    }

    /// <summary>What is behind any number of tags.</summary>
    public GitOid Peel(GitOid oid)
    {
        for (var i = 0; i < LongestTagChain; i++)
        {
            if (!TryGetKind(oid, out var kind)) throw GitProtocolException.Missing(oid);
            if (kind != GitObjectKind.Tag) return oid;
            oid = GitCommit.ReadTagTarget(Read(oid, GitObjectKind.Tag, keep: false));
        }

        throw GitProtocolException.TooLarge($"a chain of more than {LongestTagChain} tags");
    }

    public GitCommit ReadCommit(GitOid oid) => GitCommit.Read(Read(Peel(oid), GitObjectKind.Commit, keep: false));

    /// <summary>The entries of a tree, or of a commit's root, in git's order.</summary>
    public IReadOnlyList<GitTreeEntry> ReadTree(GitOid treeOrCommit) => GitTree.Read(Read(TreeOf(treeOrCommit), GitObjectKind.Tree, keep: true));

    /// <summary>A file's content; the array is the caller's.</summary>
    /// <exception cref="GitProtocolException">It is not here, no blob, or longer than <paramref name="maxBytes"/>.</exception>
    public byte[] ReadBlob(GitOid oid, int maxBytes)
    {
        var peeled = Peel(oid);
        if (_pack.Find(peeled) is { } found && found.Size > maxBytes)
            throw GitProtocolException.TooLarge($"the file {peeled} has {found.Size} bytes, {maxBytes} are the most");
        return Read(peeled, GitObjectKind.Blob, keep: false);
    }

    /// <summary>What is at a path.</summary>
    /// <param name="treeOrCommit">Where the path begins.</param>
    /// <param name="path">With <c>/</c> between names; empty for the root.</param>
    /// <returns>Null when nothing is there.</returns>
    public GitTreeEntry? FindEntry(GitOid treeOrCommit, string path)
    {
        var entry = new GitTreeEntry("", GitFileMode.Folder, TreeOf(treeOrCommit));
        foreach (var name in path.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            if (entry.Kind != GitObjectKind.Tree) return null;
            var bytes = Encoding.UTF8.GetBytes(name);
            if (GitTree.Find(Read(entry.Oid, GitObjectKind.Tree, keep: true), bytes) is not { } next) return null;
            entry = next;
        }

        return entry;
    }

    /// <summary>The id of what is at a path; null when nothing is there.</summary>
    /// <inheritdoc cref="FindEntry(GitOid, string)"/>
    public GitOid? FindPath(GitOid treeOrCommit, string path) => FindEntry(treeOrCommit, path)?.Oid;

    /// <summary>Everything under a tree, folders before what is in them, in git's order; read while it is enumerated.</summary>
    /// <exception cref="GitProtocolException">A tree is not here, or there is more than any repository holds.</exception>
    public IEnumerable<(string Path, GitTreeEntry Entry)> Walk(GitOid treeOrCommit) => new GitTreeWalk(ReadTree).Walk(treeOrCommit);

    public void Dispose()
    {
        lock (_gate)
        {
            _isDisposed = true;
            _pack.Dispose();
        }
    }

    private GitOid TreeOf(GitOid treeOrCommit)
    {
        var oid = Peel(treeOrCommit);
        return TryGetKind(oid, out var kind) && kind == GitObjectKind.Commit ? ReadCommit(oid).Tree : oid;
    }

    private byte[] Read(GitOid oid, GitObjectKind kind, bool keep)
    {
        if (!TryGetKind(oid, out var found)) throw GitProtocolException.Missing(oid);
        if (found != kind) throw GitProtocolException.Corrupt($"{oid} is a {found}, not a {kind}");
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            return _pack.Read(oid, keep);
        }
    }
}
