using System.Text;
using SkillMeat.Upstream.Git.Packs;
using SkillMeat.Upstream.Http;

namespace SkillMeat.Upstream.Git;

/// <summary>
/// The objects of a fetched pack. They stay packed, in memory or in a temporary file, and are inflated on demand. All methods that take an id accept
/// that of an annotated tag for the object it refers to.
/// </summary>
/// <remarks>
/// Thread-safe; threads wait for each other. An id that is not in the pack causes a <see cref="GitProtocolException"/> that names it.
/// </remarks>
internal sealed class GitObjects : IDisposable
{
    // Far longer than any real chain of tags that refer to tags.
    private const int LongestTagChain = 64;

    // A smaller tree is read faster than it is indexed.
    private const int LargeTree = 2048;

    // A path leads through one or two large trees at most, and the paths of a repository mostly through the same ones.
    private const int MostIndexes = 4;

    private readonly PackContents _pack;
    private readonly object _gate = new();
    private readonly Queue<(GitOid Tree, GitTreeIndex Index)> _indexes = new();
    private bool _isDisposed;

    private GitObjects(PackContents pack, bool includesBlobs)
    {
        _pack = pack;
        IncludesBlobs = includesBlobs;
    }

    /// <summary>Whether the contents of files are included. If false, only blobs that were requested by id are.</summary>
    public bool IncludesBlobs { get; }

    /// <summary>The ids of all objects.</summary>
    public IReadOnlyCollection<GitOid> Oids => _pack.Oids;

    /// <summary>Reads a pack once from start to end. The result owns the pack, which is closed if this fails.</summary>
    /// <exception cref="GitProtocolException">The pack is damaged, or contains something that is too large.</exception>
    public static GitObjects Open(PackData pack, bool includesBlobs, UpstreamLimits limits, CancellationToken cancellationToken) =>
        new(PackContents.Open(pack, limits.ObjectBytes, cancellationToken), includesBlobs);

    /// <summary>Returns the kind of an object, without following tags; false if it is not in the pack.</summary>
    public bool TryGetKind(GitOid oid, out GitObjectKind kind)
    {
        var found = _pack.Find(oid);
        kind = found?.Kind ?? default;
        return found is not null;
    }

    /// <summary>Follows any number of tags.</summary>
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

    /// <summary>Reads the entries of a tree, or of a commit's root, in git's order.</summary>
    public IReadOnlyList<GitTreeEntry> ReadTree(GitOid treeOrCommit) => GitTree.Read(Read(TreeOf(treeOrCommit), GitObjectKind.Tree, keep: true));

    /// <summary>Reads the content of a blob into a new array.</summary>
    /// <exception cref="GitProtocolException">The object is missing, not a blob, or longer than <paramref name="maxBytes"/>.</exception>
    public byte[] ReadBlob(GitOid oid, int maxBytes)
    {
        var peeled = Peel(oid);
        if (_pack.Find(peeled) is { } found && found.Size > maxBytes)
            throw GitProtocolException.TooLarge($"the file {peeled} has {found.Size} bytes; the limit is {maxBytes}");
        return Read(peeled, GitObjectKind.Blob, keep: false);
    }

    /// <summary>Finds the entry at a path.</summary>
    /// <param name="treeOrCommit">The tree or commit at which the path begins.</param>
    /// <param name="path">The path, separated by <c>/</c>; empty for the root.</param>
    /// <returns>The entry, or null if the path does not exist.</returns>
    public GitTreeEntry? FindEntry(GitOid treeOrCommit, string path)
    {
        var entry = new GitTreeEntry("", GitFileMode.Folder, TreeOf(treeOrCommit));
        foreach (var name in path.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            if (entry.Kind != GitObjectKind.Tree) return null;
            var bytes = Encoding.UTF8.GetBytes(name);
            if (FindIn(entry.Oid, bytes) is not { } next) return null;
            entry = next;
        }

        return entry;
    }

    /// <summary>Returns the id of the object at a path, or null if the path does not exist.</summary>
    /// <inheritdoc cref="FindEntry(GitOid, string)"/>
    public GitOid? FindPath(GitOid treeOrCommit, string path) => FindEntry(treeOrCommit, path)?.Oid;

    /// <summary>Enumerates everything below a tree in git's order, folders before their content. Trees are read during the enumeration.</summary>
    /// <exception cref="GitProtocolException">A tree is missing, or there are more entries than any repository has.</exception>
    public IEnumerable<(string Path, GitTreeEntry Entry)> Walk(GitOid treeOrCommit) => new GitTreeWalk(ReadTree).Walk(treeOrCommit);

    public void Dispose()
    {
        lock (_gate)
        {
            _isDisposed = true;
            _pack.Dispose();
        }
    }

    private GitTreeEntry? FindIn(GitOid tree, byte[] name)
    {
        if (FindIndex(tree) is { } known) return known.Find(name);
        var content = Read(tree, GitObjectKind.Tree, keep: true);
        if (content.Length < LargeTree) return GitTree.Find(content, name);
        var index = new GitTreeIndex(content);
        lock (_gate)
        {
            if (_indexes.Count == MostIndexes) _indexes.Dequeue();
            _indexes.Enqueue((tree, index));
        }

        return index.Find(name);
    }

    private GitTreeIndex? FindIndex(GitOid tree)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            foreach (var (indexed, index) in _indexes)
            {
                if (indexed == tree) return index;
            }

            return null;
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
