using SkillMeat.Browsing;
using SkillMeat.Checks;
using SkillMeat.Collections;
using SkillMeat.Errors;
using SkillMeat.Storage.Files;
using SkillMeat.Upstream;
using SkillMeat.Upstream.ObjectIds;

namespace SkillMeat.Cache.Marketplaces;

/// <summary>Compares the artifacts in the lists of marketplaces with a collection. Requests nothing. Not thread-safe.</summary>
internal sealed class EntryComparison
{
    private readonly Collection? _collection;
    private readonly SourceContext _context;
    private readonly IObjectIdCache _ids;
    private readonly Uri _gitHubServer;
    private readonly FollowedPlaces _followed;
    private readonly LocalFiles? _local;
    private readonly Dictionary<string, RepositoryAddress?> _repositories = new(StringComparer.Ordinal);

    /// <param name="collection">The collection, or null for none.</param>
    /// <param name="session">The session that knows the GitHub server.</param>
    /// <param name="baseFolder">The full path that relative folders are relative to.</param>
    public EntryComparison(Collection? collection, UpstreamSession session, string baseFolder)
    {
        (_collection, _context, _ids, _gitHubServer) = (collection, session.ContextFor(baseFolder), session.ObjectIds, session.GitHubServer);
        var inCollection = session.ContextFor(collection?.Folder ?? baseFolder);
        var tracked = collection?.Artifacts.Select(artifact => TrackedArtifact.From(artifact, inCollection)).Where(one => one.Source is not null).ToList() ?? [];
        _followed = new FollowedPlaces(tracked, _context, new Dictionary<RepositoryAddress, RepositoryAddress>());
        _local = collection is null ? null : new LocalFiles(collection.Folder);
    }

    /// <summary>Compares an artifact.</summary>
    /// <param name="one">The artifact, or a plugin without artifacts.</param>
    /// <param name="marketplace">The name of the marketplace.</param>
    /// <param name="isStale">Whether it was listed too long ago.</param>
    public MarketplaceArtifact Compare(ListedArtifact one, string marketplace, bool isStale)
    {
        var result = new MarketplaceArtifact
        {
            Marketplace = marketplace,
            Plugin = one.Plugin,
            Type = one.Type,
            Name = one.Name,
            Description = one.Description,
            Version = one.Version,
            Category = one.Category,
            Tags = TextValues.Of(one.Tags),
            Collection = _collection?.Name,
            UpdatedAt = one.Checked,
            IsStale = isStale,
            Problem = one.Problem,
        };
        // A type or source that this program does not know is offered, and cannot be added.
        if (one.Type is null || !ArtifactType.TryParse(one.Type, out var type) || FindRepository(one.Repository) is not { } repository) return result with { Type = null };
        var follows = RefSpec.Parse(one.Ref);
        var listing = new Listing(new SourceSpec(repository, "", one.Ref), follows, one.Commit, []);
        var known = _followed.Find(new DescribedPlace(listing, new FoundPlace(type, one.Path, one.Path), one.Description));
        return result with
        {
            Name = known?.Artifact.Name ?? one.Name,
            State = known is null ? UpstreamArtifactState.New : IsBehind(known, one, repository) ? UpstreamArtifactState.Behind : UpstreamArtifactState.Present,
            CollectionVersion = known?.Artifact.Version,
            Spec = Write(known?.Source!.Repository.Kind == repository.Kind && repository.Kind != RepositoryKind.Folder ? known.Source.Repository : repository, one.Path, follows),
            Ref = one.Ref,
            UpstreamSha = one.Commit.Length == 0 ? null : one.Commit,
        };
    }

    // The short form is for people. It must not name a folder on this machine that happens to have the same path.
    private string Write(RepositoryAddress repository, string path, RefSpec follows)
    {
        var spec = SourceSpec.Write(repository, path, follows, _gitHubServer).TrimEnd('/');
        return repository.Kind != RepositoryKind.Folder && System.IO.Path.Exists(System.IO.Path.Combine(_context.BaseFolder, spec)) ? $"{repository.Address}/tree/{follows}/{path}".TrimEnd('/') : spec;
    }

    private bool IsBehind(TrackedArtifact known, ListedArtifact one, RepositoryAddress repository)
    {
        var artifact = known.Artifact;
        if (!_local!.Exist(artifact)) return true;
        if (repository.Folder is { } folder) return artifact.ContentHash is not { } fetched || HashOf(System.IO.Path.Combine(folder, one.Path)) != fetched;
        if (known.BaseCommit == one.Commit) return false;
        // An artifact that follows a branch is compared with that branch, and not with the commit at which the marketplace stands still.
        if (!known.Follows.Equals(RefSpec.Parse(one.Ref)) && !known.Follows.MayBeCommit && RefSpec.Parse(one.Ref).MayBeCommit) return false;
        if (one.ObjectId.Length == 0) return true;
        return known.BaseCommit is { } commit && _ids.Find(known.Source!.Repository, commit, known.Source.Path) is { } before ? before.Id != one.ObjectId : _local.FindFetchedId(artifact) != one.ObjectId;
    }

    private static string? HashOf(string path)
    {
        try
        {
            return System.IO.Path.Exists(path) ? ContentHash.Of(path) : null;
        }
        catch (StorageException)
        {
            return null;
        }
    }

    private RepositoryAddress? FindRepository(string address)
    {
        if (_repositories.TryGetValue(address, out var known)) return known;
        try
        {
            return _repositories[address] = System.IO.Path.IsPathFullyQualified(address) ? RepositoryAddress.InFolder(address) : SourceSpec.Parse(address, _context).Repository;
        }
        catch (SkillMeatException)
        {
            return _repositories[address] = null;
        }
    }
}
