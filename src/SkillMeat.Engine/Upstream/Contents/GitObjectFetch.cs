using SkillMeat.Errors;
using SkillMeat.Upstream.Git;
using SkillMeat.Upstream.ObjectIds;

namespace SkillMeat.Upstream.Contents;

/// <summary>
/// Fetches the objects for one question with git's protocol: trees and files by their ids if the server supports filters, otherwise the commit
/// without its history. Not thread-safe.
/// </summary>
/// <param name="remote">The repository.</param>
/// <param name="server">The address and capabilities of the server; null for GitHub, whose capabilities are known.</param>
/// <param name="assembly">The assembly that receives the content.</param>
/// <param name="index">The index of content that was fetched before.</param>
/// <param name="ids">The object ids that update checks have found.</param>
/// <param name="trees">Reads the trees of the commit, if they have been fetched before.</param>
internal sealed class GitObjectFetch(
    GitRemote remote, GitAdvertisement? server, ContentAssembly assembly, IGitContentIndex index, IObjectIdCache ids, Func<GitOid, IReadOnlyList<GitTreeEntry>>? trees = null) : IDisposable
{
    private const int ObjectsAtOnce = 10_000;

    private static readonly GitFetchOptions Whole = new(WithoutBlobs: false, Depth: null);
    private static readonly GitFetchOptions Trees = new(WithoutBlobs: true, Depth: null);
    private static readonly GitFetchOptions CommitTrees = new(WithoutBlobs: true, Depth: 1);

    private readonly GitPacks _packs = new();
    private readonly GitCapabilities _capabilities = server?.Capabilities ?? GitCapabilities.OfGitHub;
    private readonly ContentQuestion _question = assembly.Question;
    private readonly GitOid _commit = GitOid.Parse(assembly.Question.Commit);

    /// <summary>Lists the paths that have not been listed yet.</summary>
    /// <param name="withFiles">Whether the files of folders may be fetched at the same time, if all of them will be needed.</param>
    /// <param name="cancellationToken">Cancels the fetch.</param>
    /// <exception cref="GitProtocolException">The server refuses the request, or has no such commit.</exception>
    /// <exception cref="UpstreamException">The server cannot be reached.</exception>
    public async Task ListAsync(bool withFiles, CancellationToken cancellationToken)
    {
        var known = TakeKnown();
        var left = assembly.Unlisted;
        if (left.Count == 0) return;
        // The files cannot be fetched with trees that are here already.
        if (!withFiles && trees is not null && TryList(trees, left)) return;
        var byId = _capabilities.Filter && left.All(path => known.TryGetValue(path, out var found) && found.IsFolder);
        if (!byId || !await TryListByIdsAsync(left, known, withFiles, cancellationToken).ConfigureAwait(false))
        {
            await ListByCommitAsync(left, known, withFiles, cancellationToken).ConfigureAwait(false);
        }

        TakePacked();
    }

    /// <summary>Fetches the files that are still missing.</summary>
    /// <inheritdoc cref="ListAsync"/>
    public async Task FetchFilesAsync(CancellationToken cancellationToken)
    {
        TakePacked();
        while (assembly.Missing.Count > 0)
        {
            var wants = assembly.Missing.Take(ObjectsAtOnce).ToList();
            await FetchAsync(wants, Whole, cancellationToken).ConfigureAwait(false);
            TakePacked();
            // Without this check, a server that leaves out requested objects would be asked forever.
            if (wants.Find(assembly.Missing.Contains) is { IsZero: false } absent) throw GitProtocolException.Missing(absent);
        }
    }

    public void Dispose() => _packs.Dispose();

    private static GitTreeEntry Folder(GitOid tree) => new("", GitFileMode.Folder, tree);

    private Dictionary<string, KnownObject> TakeKnown()
    {
        var known = new Dictionary<string, KnownObject>(StringComparer.Ordinal);
        foreach (var path in assembly.Unlisted)
        {
            if (ids.Find(_question.Repository, _question.Commit, path) is not { } found) continue;
            known[path] = found;
            if (found.IsFolder) assembly.TryTakeStored(path, GitOid.Parse(found.Id));
        }

        return known;
    }

    // Returns false if the server does not provide trees by their ids, or the known ids were wrong.
    private async Task<bool> TryListByIdsAsync(IReadOnlyList<string> paths, Dictionary<string, KnownObject> known, bool withFiles, CancellationToken cancellationToken)
    {
        // Most files of a path that was fetched before are probably in the store.
        var trees = paths.ToLookup(path => withFiles && !index.Knows(_question.Repository, path), path => GitOid.Parse(known[path].Id));
        try
        {
            foreach (var group in trees) await FetchAsync([.. group.Distinct()], group.Key ? Whole : Trees, cancellationToken).ConfigureAwait(false);
        }
        catch (GitProtocolException e) when (!e.IsTransient)
        {
            return false;
        }

        List<GitListing> listings;
        try
        {
            var lister = new GitLister(_packs.ReadTree);
            listings = [.. paths.Select(path => lister.List(path, Folder(GitOid.Parse(known[path].Id))))];
        }
        catch (GitProtocolException)
        {
            // The ids are not those of folders, or the server left something out.
            return false;
        }

        foreach (var listing in listings) assembly.List(listing);
        return true;
    }

    // Returns false if a tree is missing.
    private bool TryList(Func<GitOid, IReadOnlyList<GitTreeEntry>> readTree, IReadOnlyList<string> paths)
    {
        List<GitListing> listings;
        try
        {
            var lister = new GitLister(readTree);
            listings = [.. paths.Select(path => lister.ListAt(_commit, path))];
        }
        catch (GitProtocolException)
        {
            return false;
        }

        foreach (var listing in listings) assembly.List(listing);
        return true;
    }

    private async Task ListByCommitAsync(IReadOnlyList<string> paths, Dictionary<string, KnownObject> known, bool withFiles, CancellationToken cancellationToken)
    {
        var wants = new List<GitOid> { _commit };
        // Single files can be fetched together with the trees that describe them.
        if (withFiles && _capabilities.Filter)
        {
            wants.AddRange(paths.Where(path => known.TryGetValue(path, out var found) && !found.IsFolder).Select(path => GitOid.Parse(known[path].Id)).Where(blob => !assembly.Has(blob)));
        }

        if (!_packs.Has(_commit)) await FetchAsync([.. wants.Distinct()], CommitTrees, cancellationToken).ConfigureAwait(false);
        var lister = new GitLister(_packs.ReadTree);
        var root = _packs.TreeOf(_commit);
        foreach (var path in paths)
        {
            var listing = lister.ListAt(root, path);
            if (listing.Id is { } id) ids.Add(_question.Repository, _question.Commit, path, new KnownObject(id.ToString(), listing.IsFolder));
            assembly.List(listing);
        }
    }

    private async Task FetchAsync(List<GitOid> wants, GitFetchOptions options, CancellationToken cancellationToken)
    {
        if (wants.Count == 0) return;
        _packs.Add(await remote.FetchAsync(server, wants, options, cancellationToken).ConfigureAwait(false));
    }

    private void TakePacked()
    {
        foreach (var id in assembly.Missing.Where(_packs.Has).ToList()) assembly.Add(id, _packs.ReadBlob(id));
    }
}
