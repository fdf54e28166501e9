using System.Text;
using SkillMeat.Errors;
using SkillMeat.Upstream.Http;

namespace SkillMeat.Upstream.Git;

/// <summary>What is known of one repository for the time of an operation: its refs, and the objects that were fetched so far.</summary>
/// <remarks>Safe from several threads; requests about one repository go one after the other.</remarks>
internal sealed class GitRepository : IDisposable
{
    private const int LongestText = 1024 * 1024;

    private readonly RepositoryAddress _address;
    private readonly GitRemote _remote;
    private readonly SemaphoreSlim _turn = new(1);
    private GitObjects[] _packs = [];
    private readonly HashSet<GitOid> _absent = [];
    private GitAdvertisement? _advertisement;

    public GitRepository(RepositoryAddress address, UpstreamHttp http)
    {
        _address = address;
        _remote = new GitRemote(new UpstreamGitTransport(http, address), address.GitUrl!, CreateTemporaryFile);
    }

    public Task<GitAdvertisement> ListRefsAsync(IReadOnlyList<RefSpec> refs, CancellationToken cancellationToken) => TakeTurnAsync(
        async () => _advertisement = await _remote
            .ListRefsAsync(new GitRefRequest(refs.Select(r => r.Name).OfType<string>(), optimistic: true), cancellationToken)
            .ConfigureAwait(false),
        cancellationToken);

    /// <summary>Fetches the trees of commits that are not there yet. A commit that upstream no longer has is no error; <see cref="Has"/> tells.</summary>
    public Task FetchTreesAsync(IEnumerable<GitOid> commits, CancellationToken cancellationToken) =>
        FetchAsync(commits, withoutBlobs: true, cancellationToken);

    /// <summary>Fetches the contents of files that are not there yet.</summary>
    public Task FetchBlobsAsync(IEnumerable<GitOid> blobs, CancellationToken cancellationToken) =>
        FetchAsync(blobs, withoutBlobs: false, cancellationToken);

    public bool Has(GitOid id) => PackOf(id) is not null;

    /// <summary>The tree or blob id of a path; null when there is nothing.</summary>
    public string? FindId(GitOid commit, string path) => Guard(() => PackOf(commit)?.FindEntry(commit, path)?.Oid.ToString());

    /// <summary>The first of some files that is there, without its text.</summary>
    public FileAnswer? FindFile(GitOid commit, IEnumerable<string> paths) => Guard(() =>
    {
        foreach (var path in paths)
        {
            if (PackOf(commit)?.FindEntry(commit, path) is { Kind: GitObjectKind.Blob } entry)
            {
                return new FileAnswer(path, entry.Oid.ToString(), Text: null);
            }
        }

        return null;
    });

    public FileAnswer WithText(FileAnswer file) => Guard(() =>
    {
        var id = GitOid.Parse(file.BlobId);
        return PackOf(id) is { } pack ? file with { Text = Encoding.UTF8.GetString(pack.ReadBlob(id, LongestText)) } : file;
    });

    /// <summary>The entries of a folder; null when there is no such folder.</summary>
    public IReadOnlyList<TreeItem>? ListFolder(GitOid commit, string path) => Guard(() =>
        PackOf(commit) is { } pack && pack.FindEntry(commit, path) is { Kind: GitObjectKind.Tree } folder
            ? pack.ReadTree(folder.Oid).Where(e => e.Kind != GitObjectKind.Commit).Select(e => ToItem($"{path}/{e.Name}", e)).ToList()
            : null);

    /// <summary>Every file and folder at a commit.</summary>
    public IReadOnlyList<TreeItem> List(GitOid commit) => Guard(() =>
        PackOf(commit) is { } pack && pack.FindEntry(commit, "") is { } root
            ? pack.Walk(root.Oid).Where(e => e.Entry.Kind != GitObjectKind.Commit).Select(e => ToItem(e.Path, e.Entry)).ToList()
            : throw Unavailable($"commit {commit} could not be read"));

    /// <summary>The repository's new name, when it answered under another one than it was asked by.</summary>
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

        _turn.Dispose();
    }

    private static TreeItem ToItem(string path, GitTreeEntry entry) => new(path, entry.Kind == GitObjectKind.Tree, entry.Oid.ToString());

    internal static FileStream CreateTemporaryFile() => new(
        Path.Combine(Path.GetTempPath(), $"skm-{Path.GetRandomFileName()}.pack"),
        new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.ReadWrite, Options = FileOptions.DeleteOnClose });

    private Task<int> FetchAsync(IEnumerable<GitOid> objects, bool withoutBlobs, CancellationToken cancellationToken) => TakeTurnAsync(
        async () =>
        {
            var wants = objects.Distinct().Where(o => !Has(o) && !_absent.Contains(o)).ToList();
            while (wants.Count > 0)
            {
                try
                {
                    var pack = await _remote.FetchAsync(_advertisement!, wants, new GitFetchOptions(withoutBlobs, Depth: 1), cancellationToken).ConfigureAwait(false);
                    // Others may be looking into the packs meanwhile, so they are never changed, only replaced.
                    Volatile.Write(ref _packs, [.. _packs, pack]);
                    break;
                }
                catch (GitProtocolException e) when (e.MissingObject is { } missing && wants.Remove(missing))
                {
                    // History was rewritten and the old commit is gone: the rest can be asked without it.
                    _absent.Add(missing);
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
