using SkillMeat.Errors;
using SkillMeat.Upstream.Git;
using SkillMeat.Upstream.ObjectIds;

namespace SkillMeat.Upstream.Contents;

/// <summary>
/// Fetches what one question needs by git's protocol: trees and files by their ids where the server can leave things out, else the one commit without its history. For one thread
/// at a time.
/// </summary>
/// <param name="remote">The repository.</param>
/// <param name="server">Where its requests go, and what the server can do; null on a GitHub, of which that is known.</param>
/// <param name="assembly">What is wanted, and takes what comes.</param>
/// <param name="index">Tells what was fetched before.</param>
/// <param name="ids">The ids that a check found out.</param>
internal sealed class GitObjectFetch(
    GitRemote remote, GitAdvertisement? server, ContentAssembly assembly, IGitContentIndex index, IObjectIdCache ids) : IDisposable
{
    private const int ObjectsAtOnce = 10_000;

    private static readonly GitFetchOptions Whole = new(WithoutBlobs: false, Depth: null);
    private static readonly GitFetchOptions Trees = new(WithoutBlobs: true, Depth: null);
    private static readonly GitFetchOptions CommitTrees = new(WithoutBlobs: true, Depth: 1);

    private readonly GitPacks _packs = new();
    private readonly GitCapabilities _capabilities = server?.Capabilities ?? GitCapabilities.OfGitHub;
    private readonly ContentQuestion _question = assembly.Question;
    private readonly GitOid _commit = GitOid.Parse(assembly.Question.Commit);

    /// <summary>Lists the paths that are not listed yet.</summary>
    /// <param name="withFiles">Whether the files of folders may come along, where all of them will be needed.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="GitProtocolException">The server refuses, or has no such commit.</exception>
    /// <exception cref="UpstreamException">The server can't be asked.</exception>
    public async Task ListAsync(bool withFiles, CancellationToken cancellationToken)
    {
        var known = TakeKnown();
        var left = assembly.Unlisted;
        if (left.Count == 0) return;
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
            // A server that leaves out what it was asked for would be asked for ever.
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

    // False when the server does not give trees by their ids, or what was known was wrong.
    private async Task<bool> TryListByIdsAsync(IReadOnlyList<string> paths, Dictionary<string, KnownObject> known, bool withFiles, CancellationToken cancellationToken)
    {
        // Of a path that was fetched before, most files are likely to be here.
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
            // The ids are no folders', or the server left something out.
            return false;
        }

        foreach (var listing in listings) assembly.List(listing);
        return true;
    }

    private async Task ListByCommitAsync(IReadOnlyList<string> paths, Dictionary<string, KnownObject> known, bool withFiles, CancellationToken cancellationToken)
    {
        var wants = new List<GitOid> { _commit };
        // Single files come along with the trees that say what they are.
        if (withFiles && _capabilities.Filter)
        {
            wants.AddRange(paths.Where(path => known.TryGetValue(path, out var found) && !found.IsFolder).Select(path => GitOid.Parse(known[path].Id)).Where(blob => !assembly.Has(blob)));
        }

        if (!_packs.Has(_commit)) await FetchAsync([.. wants.Distinct()], CommitTrees, cancellationToken).ConfigureAwait(false);
        var lister = new GitLister(_packs.ReadTree);
        var root = _packs.TreeOf(_commit);
        foreach (var path in paths)
        {
            var listing = lister.List(path, lister.Find(root, path));
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
