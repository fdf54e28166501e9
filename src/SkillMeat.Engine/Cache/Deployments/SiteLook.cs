using System.Globalization;
using SkillMeat.Cache.Places;
using SkillMeat.Cache.Versions;
using SkillMeat.Collections;
using SkillMeat.Errors;
using SkillMeat.Objects.Trees;
using SkillMeat.Projects.Drift;
using SkillMeat.Projects.Profiles;

namespace SkillMeat.Cache.Deployments;

/// <summary>Looks at the deployments of projects again, by their drift.</summary>
/// <param name="store">The home.</param>
/// <param name="user">The folders of the user.</param>
/// <param name="originals">The stamps of the artifacts in the collections.</param>
/// <param name="pins">The states of the collections.</param>
internal sealed class SiteLook(CollectionStore store, AgentFolders user, Originals originals, CollectionPins pins)
{
    private readonly Dictionary<string, Dictionary<ArtifactId, Artifact>> _collections = new(StringComparer.Ordinal);
    private readonly Dictionary<(ArtifactType Type, long Content), string?> _versions = [];
    private readonly Dictionary<(string Collection, string Path), long> _stamps = [];
    private readonly Lag _lag = new();

    /// <summary>Looks at projects whose folders exist.</summary>
    /// <param name="sites">The projects.</param>
    /// <param name="earlier">The copies that the database has, whose versions need not be read again where their contents are the same.</param>
    /// <param name="cancellationToken">Cancels the comparison.</param>
    public IReadOnlyList<SiteRow> Look(IReadOnlyList<KnownSite> sites, IEnumerable<SiteCopy> earlier, CancellationToken cancellationToken)
    {
        Remember(earlier);
        var before = StampTime.Now(store.Time);
        var report = new DriftChecker(store, user.Environment).Check([.. sites.Select(one => one.Site)], new DriftRequest { IncludeInSync = true }, cancellationToken);
        var bySite = report.Artifacts.ToLookup(drift => (drift.Project, drift.IsUserScope));
        return [.. sites.Select(site => Describe(site, [.. bySite[site.Key]], report.Problems.GetValueOrDefault(site.Site.Folder), before))];
    }

    private void Remember(IEnumerable<SiteCopy> earlier)
    {
        foreach (var copy in earlier)
        {
            if (copy.Content != 0) _versions[(copy.Artifact.Type, copy.Content)] = copy.Version;
            if (copy.CollectionContent != 0) _versions[(copy.Artifact.Type, copy.CollectionContent)] = copy.CollectionVersion;
        }
    }

    private SiteRow Describe(KnownSite site, IReadOnlyList<ArtifactDrift> drifts, SkillMeatException? error, long before)
    {
        var copies = drifts.Select(drift => Describe(drift, before)).ToList();
        var (places, stamps) = ((byte[])[], (byte[])[]);
        var collections = pins.WriteLooked(copies);
        if (error is null && collections is not null && copies.TrueForAll(copy => copy.OriginalPath is null || copy.OriginalStamp != Originals.Unsteady))
        {
            try
            {
                (places, stamps) = new SitePlaces(store).Find(site.Site, drifts, before);
            }
            catch (StorageException)
            {
                // It is looked at again next time.
                (places, stamps) = ([], []);
            }
        }

        return new SiteRow(site.Site.Folder, site.Site.User is not null, SitePlaces.RulesOf(site.Site), places, stamps, collections ?? [], SiteCopies.Write(copies), error?.ErrorId, error?.Message);
    }

    private SiteCopy Describe(ArtifactDrift drift, long before)
    {
        var original = drift.Collection is null ? null : Find(drift.Collection, drift.Id);
        var path = original is null ? null : TreePath.Normalize(original.Path);
        var (content, collectionContent) = (Shorten(drift.ProjectHash), Shorten(drift.CollectionHash));
        var version = content == 0 ? null : VersionOf(drift.Id.Type, content, drift.Path);
        var collectionVersion = collectionContent == 0 ? null
            : VersionOf(drift.Id.Type, collectionContent, Path.Combine(store.Layout.CollectionFolder(drift.Collection!), path!.Replace('/', Path.DirectorySeparatorChar))) ?? original!.Version;
        // The manifest says the version of a copy that is the same, too.
        if (content == collectionContent) version ??= collectionVersion;
        return new SiteCopy
        {
            Artifact = drift.Id,
            Profile = drift.Profile,
            Folder = Path.GetDirectoryName(drift.Path)!,
            Leaf = Path.GetFileName(drift.Path),
            Collection = drift.Collection,
            State = drift.State,
            DeployedAt = drift.DeployedAt,
            IsLink = drift.IsLink,
            Version = version,
            CollectionVersion = collectionVersion,
            OriginalPath = path,
            OriginalStamp = path is null ? Originals.Unsteady : StampOf(drift.Collection!, path, before),
            Content = content,
            CollectionContent = collectionContent,
            IsBehind = drift.State is DriftState.Outdated or DriftState.Conflict && content != collectionContent && drift.CollectionHash != drift.BaseHash && _lag.Of(version, collectionVersion, commits: null) is not null,
        };
    }

    private long StampOf(string collection, string path, long before)
    {
        if (!_stamps.TryGetValue((collection, path), out var stamp)) _stamps[(collection, path)] = stamp = originals.Walk(collection, path, before);
        return stamp;
    }

    private Artifact? Find(string collection, ArtifactId id)
    {
        if (!_collections.TryGetValue(collection, out var artifacts)) _collections[collection] = artifacts = Read(collection);
        return artifacts.GetValueOrDefault(id);
    }

    private Dictionary<ArtifactId, Artifact> Read(string collection)
    {
        if (ArtifactId.DescribeBadName(collection) is not null) return [];
        try
        {
            return store.Read(collection).Artifacts.ToDictionary(artifact => artifact.Id);
        }
        catch (SkillMeatException)
        {
            // It is gone, or its project has the problem.
            return [];
        }
    }

    private string? VersionOf(ArtifactType type, long content, string path)
    {
        if (!_versions.TryGetValue((type, content), out var version)) _versions[(type, content)] = version = CopyVersion.Read(type, path);
        return version;
    }

    // Content hashes are hexadecimal; the recorded ones can be any text.
    private static long Shorten(string? hash) => hash is not null && hash.Length >= 16 && long.TryParse(hash.AsSpan(0, 16), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var number) ? number : 0;
}
