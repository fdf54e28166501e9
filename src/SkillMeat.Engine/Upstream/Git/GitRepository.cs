using System.Collections.Concurrent;
using System.Text;
using SkillMeat.Errors;
using SkillMeat.Upstream.FrontMatters;
using SkillMeat.Upstream.Git.Wire;
using SkillMeat.Upstream.ObjectIds;

namespace SkillMeat.Upstream.Git;

/// <summary>A repository for the duration of an operation: its refs and the objects fetched so far.</summary>
/// <remarks>Thread-safe; requests about one repository are sent one after the other.</remarks>
internal sealed class GitRepository : IDisposable
{
    private const int LongestText = 1024 * 1024;

    private readonly RepositoryAddress _address;
    private readonly IGitTransport _transport;
    private readonly GitRemote _remote;
    private readonly SemaphoreSlim _turn = new(1);
    private GitObjects[] _packs = [];
    private readonly ConcurrentDictionary<GitOid, bool> _absent = new();
    private readonly GitHubListing? _listing;
    private readonly ConcurrentDictionary<GitOid, IReadOnlyDictionary<string, TreeItem>> _listed = new();
    private readonly ConcurrentDictionary<string, byte[]> _texts = new();
    private GitAdvertisement? _advertisement;

    /// <param name="address">The repository.</param>
    /// <param name="transport">Sends the requests; disposed with the repository if it is disposable.</param>
    /// <param name="listing">Provides trees and texts when git refuses objects; null if there is no such fallback.</param>
    public GitRepository(RepositoryAddress address, IGitTransport transport, GitHubListing? listing)
    {
        _address = address;
        _listing = listing;
        _transport = transport;
        _remote = new GitRemote(transport, address.GitUrl!, CreateTemporaryFile, address.Kind == RepositoryKind.GitHub);
    }

    public Task<GitAdvertisement> ListRefsAsync(IReadOnlyList<RefSpec> refs, CancellationToken cancellationToken) => TakeTurnAsync(
        async () => _advertisement = await _remote
            .ListRefsAsync(new GitRefRequest(refs.Select(r => r.Name).OfType<string>(), optimistic: true), cancellationToken)
            .ConfigureAwait(false),
        cancellationToken);

    /// <summary>
    /// Fetches the trees of commits that are not present yet, or lists them with GitHub's API if git refuses anonymous access to objects. A commit
    /// that upstream no longer has is not an error; <see cref="Has"/> reports it.
    /// </summary>
    public async Task FetchTreesAsync(IEnumerable<GitOid> commits, CancellationToken cancellationToken)
    {
        var wanted = commits.Distinct().ToList();
        try
        {
            await FetchAsync(wanted, withoutBlobs: true, cancellationToken).ConfigureAwait(false);
        }
        catch (UpstreamException limit) when (_listing is not null && limit.IsRateLimit)
        {
            foreach (var commit in wanted.Where(c => !Has(c)))
            {
                if (await _listing.ListAsync(commit, limit, cancellationToken).ConfigureAwait(false) is { } items) _listed[commit] = items;
            }
        }
    }

    /// <summary>Fetches the texts of files that are not present yet, as raw files if git refuses anonymous access to objects.</summary>
    public async Task FetchTextsAsync(IEnumerable<(GitOid Commit, FileAnswer File)> files, CancellationToken cancellationToken)
    {
        var wanted = files.Where(f => !_texts.ContainsKey(f.File.BlobId)).DistinctBy(f => f.File.BlobId).ToList();
        try
        {
            await FetchAsync(wanted.Select(f => GitOid.Parse(f.File.BlobId)), withoutBlobs: false, cancellationToken).ConfigureAwait(false);
        }
        catch (UpstreamException limit) when (_listing is not null && limit.IsRateLimit)
        {
            await Task.WhenAll(wanted.Where(f => !Has(GitOid.Parse(f.File.BlobId))).Select(async f =>
                _texts[f.File.BlobId] = await _listing.ReadAsync(f.Commit, f.File, LongestText, cancellationToken).ConfigureAwait(false))).ConfigureAwait(false);
        }
    }

    /// <summary>Fetches the commits that are reachable from some commits and not from another one, if possible without anything else. They are not kept.</summary>
    /// <exception cref="GitProtocolException">The server refused, or cannot answer this; the exception says so, and names an object that the server does not have.</exception>
    /// <exception cref="UpstreamException">The server did not answer.</exception>
    public async Task<GitObjects> FetchHistoryAsync(IReadOnlyList<GitOid> wants, GitOid have, int most, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var options = new GitFetchOptions(WithoutBlobs: true, Depth: null) { WithoutTrees = true, Have = have, MostObjects = most };
            return await _remote.FetchAsync(_advertisement, wants, options, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Whether the server was found not to have an object.</summary>
    public bool IsAbsent(GitOid id) => _absent.ContainsKey(id);

    public bool Has(GitOid id) => PackOf(id) is not null || _listed.ContainsKey(id);

    /// <summary>Returns a reader of the trees of a commit, or null if git has not provided them.</summary>
    public Func<GitOid, IReadOnlyList<GitTreeEntry>>? FindTrees(GitOid commit) => PackOf(commit) is { } pack ? pack.ReadTree : null;

    /// <summary>Returns the tree or blob at a path, or null if it does not exist.</summary>
    public KnownObject? Find(GitOid commit, string path) => Guard<KnownObject?>(() =>
    {
        if (PackOf(commit) is { } pack) return pack.FindEntry(commit, path) is { } entry ? new KnownObject(entry.Oid.ToString(), entry.Kind == GitObjectKind.Tree) : null;
        if (!_listed.TryGetValue(commit, out var items)) return null;
        if (path.Length == 0) throw Unavailable($"only git provides the id of the whole repository at {commit}, and the host currently limits git without a token");
        return items.TryGetValue(path, out var item) ? new KnownObject(item.ObjectId, item.IsFolder) : null;
    });

    /// <summary>Returns the tree or blob id at a path, or null if it does not exist.</summary>
    public string? FindId(GitOid commit, string path) => Find(commit, path)?.Id;

    /// <summary>Returns the first of several files that exists, without its text.</summary>
    public FileAnswer? FindFile(GitOid commit, IEnumerable<string> paths)
    {
        foreach (var path in paths)
        {
            if (path.Length > 0 && Find(commit, path) is { IsFolder: false } file)
            {
                return new FileAnswer(path, file.Id, Text: null);
            }
        }

        return null;
    }

    public FileAnswer WithText(FileAnswer file, bool isWhole = false) => Guard(() =>
    {
        var id = GitOid.Parse(file.BlobId);
        var text = _texts.TryGetValue(file.BlobId, out var known) ? known : PackOf(id)?.ReadBlob(id, LongestText);
        return text is null ? file : file with { Text = isWhole ? Encoding.UTF8.GetString(text) : FrontMatterReader.Head(file.Path, Encoding.UTF8.GetString(text)) };
    });

    /// <summary>Lists the entries of a folder; null if it does not exist.</summary>
    public IReadOnlyList<TreeItem>? ListFolder(GitOid commit, string path) => Guard<IReadOnlyList<TreeItem>?>(() =>
    {
        if (PackOf(commit) is { } pack)
        {
            return pack.FindEntry(commit, path) is { Kind: GitObjectKind.Tree } folder
                ? pack.ReadTree(folder.Oid).Where(e => e.Kind != GitObjectKind.Commit).Select(e => ToItem($"{path}/{e.Name}", e)).ToList()
                : null;
        }

        return _listed.TryGetValue(commit, out var items) && items.TryGetValue(path, out var item) && item.IsFolder
            ? items.Values.Where(i => i.Path.Length > path.Length && i.Path.LastIndexOf('/') == path.Length && i.Path.StartsWith(path, StringComparison.Ordinal)).ToList()
            : null;
    });

    /// <summary>Lists all files and folders of a commit.</summary>
    public IReadOnlyList<TreeItem> List(GitOid commit) => Guard(() =>
        PackOf(commit) is { } pack && pack.FindEntry(commit, "") is { } root
            ? pack.Walk(root.Oid).Where(e => e.Entry.Kind != GitObjectKind.Commit).Select(e => ToItem(e.Path, e.Entry)).ToList()
            : _listed.TryGetValue(commit, out var items)
                ? items.Values.ToList()
                : throw Unavailable($"cannot read commit {commit}"));

    /// <summary>Returns the current address of the repository, if it has been renamed.</summary>
    public RepositoryAddress? NewNameIn(GitAdvertisement advertisement)
    {
        if (_address.Kind != RepositoryKind.GitHub)
        {
            return null;
        }

        var parts = Uri.UnescapeDataString(advertisement.Repository.AbsolutePath).Split('/', StringSplitOptions.RemoveEmptyEntries);
        if (parts.Length != 2)
        {
            return null;
        }

        var name = parts[1].EndsWith(".git", StringComparison.Ordinal) ? parts[1][..^4] : parts[1];
        var now = RepositoryAddress.OnGitHub(new Uri(advertisement.Repository.GetLeftPart(UriPartial.Authority)), parts[0], name);
        return now.Equals(_address) ? null : now;
    }

    public UpstreamException Unavailable(string problem, Exception? cause = null) =>
        new(ErrorIds.UpstreamUnavailable, $"{_address}: {problem.TrimEnd('.')}.", innerException: cause);

    public void Dispose()
    {
        foreach (var pack in _packs)
        {
            pack.Dispose();
        }

        (_transport as IDisposable)?.Dispose();
        _turn.Dispose();
    }

    private static TreeItem ToItem(string path, GitTreeEntry entry) => new(path, entry.Kind == GitObjectKind.Tree, entry.Oid.ToString()) { IsLink = entry.Mode == GitFileMode.Link };

    internal static FileStream CreateTemporaryFile()
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.ReadWrite, Options = FileOptions.DeleteOnClose };
        if (!OperatingSystem.IsWindows())
        {
            // The folder is shared by all users, and the repository may be private. On Windows each user has a temporary folder.
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        // Nobody may foresee a name in a folder that everybody can write to.
#pragma warning disable RS0030
        return new FileStream(Path.Combine(Path.GetTempPath(), $"skm-{Path.GetRandomFileName()}.pack"), options);
#pragma warning restore RS0030
    }

    private Task<int> FetchAsync(IEnumerable<GitOid> objects, bool withoutBlobs, CancellationToken cancellationToken) => TakeTurnAsync(
        async () =>
        {
            var wants = objects.Distinct().Where(o => !Has(o) && !_absent.ContainsKey(o)).ToList();
            while (wants.Count > 0)
            {
                try
                {
                    var pack = await _remote.FetchAsync(_advertisement, wants, new GitFetchOptions(withoutBlobs, Depth: 1), cancellationToken).ConfigureAwait(false);
                    // Other threads may be reading the packs, so the array is replaced and never changed.
                    Volatile.Write(ref _packs, [.. _packs, pack]);
                    break;
                }
                catch (GitProtocolException e) when (e.MissingObject is { } missing && wants.Remove(missing))
                {
                    // The history was rewritten and the old commit is gone; the others can be fetched without it.
                    _absent[missing] = true;
                }
            }

            return wants.Count;
        },
        cancellationToken);

    private GitObjects? PackOf(GitOid id) => Array.Find(Volatile.Read(ref _packs), p => p.TryGetKind(id, out _));

    private async Task<T> TakeTurnAsync<T>(Func<Task<T>> work, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return await work().ConfigureAwait(false);
        }
        catch (GitProtocolException e)
        {
            throw Unavailable(e.Message, e);
        }
        finally
        {
            _turn.Release();
        }
    }

    private T Guard<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (GitProtocolException e)
        {
            throw Unavailable(e.Message, e);
        }
    }
}
