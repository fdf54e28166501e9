using Microsoft.Data.Sqlite;
using SkillMeat.Cache.Database;
using SkillMeat.Cache.Deployments;
using SkillMeat.Cache.Updates;
using SkillMeat.Cache.Versions;
using SkillMeat.Collections;
using SkillMeat.Projects.Drift;

namespace SkillMeat.Cache.Stale;

/// <summary>An artifact that is behind upstream, or has a deployment that is behind it.</summary>
/// <param name="Collection">The folder name of the collection.</param>
/// <param name="Artifact">The artifact.</param>
/// <param name="Upstream">The state upstream, or null if that is not known.</param>
internal sealed record BehindArtifact(string Collection, ArtifactId Artifact, UpstreamState? Upstream)
{
    private const int KeyColumns = 3;

    /// <summary>Returns a function that reads rows of <see cref="StaleArtifacts.Query"/>. It throws a <see cref="DamagedRowException"/> for a damaged one.</summary>
    public static Func<SqliteDataReader, BehindArtifact> Reader()
    {
        var read = UpstreamState.Reader(KeyColumns);
        return row =>
        {
            if (!row.IsDBNull(KeyColumns) && read(row) is var state) return new BehindArtifact(state.Collection, state.Artifact, state);
            if (!ArtifactType.TryParse(row.GetString(1), out var type)) throw new DamagedRowException();
            return new BehindArtifact(row.GetString(0), new ArtifactId(type, row.GetString(2)), Upstream: null);
        };
    }

    /// <summary>Compares the artifact in the collection with upstream. Null if it is not behind.</summary>
    public StaleArtifact? Compare(Lag lag) => Upstream is { IsBehind: true } state
        ? Describe(lag.Of(state.CollectionVersion, state.UpstreamVersion, state.CommitsBehind) ?? VersionDifference.Unknown, state.CollectionVersion, isBehindUpstream: true)
        : null;

    /// <summary>Compares a copy with the collection and with upstream. Null if it is behind neither.</summary>
    public StaleArtifact? Compare(Lag lag, KnownSite site, SiteCopy copy)
    {
        var toCollection = copy.IsBehind ? lag.Of(copy.Version, copy.CollectionVersion, commits: null) : null;
        var toUpstream = Upstream is { IsBehind: true } state ? CompareWithUpstream(lag, state, copy) : null;
        if ((toCollection ?? toUpstream) is not { } difference) return null;
        // The first values are the greatest differences.
        if (toUpstream is { } other && other < difference) difference = other;
        return Describe(difference, copy.CollectionVersion, toUpstream is not null) with
        {
            Project = site.Site.Folder,
            IsUserScope = site.Site.User is not null,
            Profile = copy.Profile,
            DeployedVersion = copy.Version ?? (IsLikeCollection(copy) && Upstream is { AreTags: true } tags ? tags.CollectionVersion : null),
            CommitsBehind = toUpstream is null || copy.IsBehind ? null : Upstream!.CommitsBehind,
            IsBehindCollection = toCollection is not null,
        };
    }

    private static bool IsLikeCollection(SiteCopy copy) => copy.IsLink || copy.Content == copy.CollectionContent;

    private static VersionDifference? CompareWithUpstream(Lag lag, UpstreamState state, SiteCopy copy)
    {
        // An edited copy has the base of the collection, unless that moved on.
        var hasBase = copy.State is not (DriftState.Outdated or DriftState.Conflict);
        var version = !state.AreTags ? copy.Version : hasBase ? state.CollectionVersion : null;
        return lag.Of(version, state.UpstreamVersion, hasBase ? state.CommitsBehind : null);
    }

    private StaleArtifact Describe(VersionDifference difference, string? collectionVersion, bool isBehindUpstream) => new(Artifact)
    {
        Collection = Collection,
        CollectionVersion = collectionVersion ?? Upstream?.CollectionVersion,
        // Upstream has what the collection has.
        UpstreamVersion = Upstream is null ? null : Upstream.UpstreamVersion ?? (Upstream.Change == Checks.ChangeType.UpToDate ? collectionVersion : null),
        Difference = difference,
        CommitsBehind = Upstream is { IsBehind: true } ? Upstream.CommitsBehind : null,
        IsBehindUpstream = isBehindUpstream,
        CheckedAt = Upstream?.Checked,
        Problem = Upstream?.Problem,
    };
}
