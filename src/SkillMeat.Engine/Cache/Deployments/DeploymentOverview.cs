using SkillMeat.Cache.Background.Watching;
using SkillMeat.Cache.Database;
using SkillMeat.Collections;
using SkillMeat.Errors;
using SkillMeat.Projects;
using SkillMeat.Projects.Drift;
using SkillMeat.Projects.Profiles;

namespace SkillMeat.Cache.Deployments;

/// <summary>Lists everything that is deployed, in all projects that the home knows and in the user's own folders, with the states that the drift of the projects has now.</summary>
/// <remarks>Thread-safe, and safe between processes.</remarks>
public sealed class DeploymentOverview
{
    private readonly HomeCache _cache;
    private readonly AgentFolders _user;
    private LookedSites? _last;
    private int _forgotten;

    /// <summary>Creates the overview of a home.</summary>
    /// <param name="cache">The cache of the home.</param>
    /// <param name="environment">Reads an environment variable, for the user's own folders; null for the variables of this process.</param>
    public DeploymentOverview(HomeCache cache, Func<string, string?>? environment = null)
    {
        _cache = cache;
        _user = AgentFolders.OfUser(environment ?? Environment.GetEnvironmentVariable);
    }

    /// <summary>Lists deployments.</summary>
    /// <param name="query">The deployments to list.</param>
    /// <param name="cancellationToken">Cancels the work.</param>
    /// <returns>The deployments.</returns>
    /// <exception cref="SkillMeatException">
    /// <see cref="ErrorIds.ProjectNotFound"/>: the home does not know a named project. <see cref="ErrorIds.InvalidArgument"/>: a type or profile is unknown. <see cref="ErrorIds.EntryNotFound"/>: the
    /// collection has no such group. <see cref="DataFileException"/>: the list of projects or the collection of the group cannot be read.
    /// </exception>
    public DeploymentReport Find(DeploymentQuery query, CancellationToken cancellationToken = default)
    {
        var types = query.Types.Select(ArtifactType.Parse).ToHashSet();
        var profiles = query.Profiles.Select(ProfileTable.Parse).ToList();
        var scope = DeploymentScope.Of(_cache.Store, query.Collection, query.Group);
        var sites = FindSites(query.MaxAge, cancellationToken);
        var projects = new ProjectFilter(query.Projects);
        projects.Check(sites);
        var chosen = sites.Where(site => projects.Includes(site.Site)).ToList();
        var found = new List<DeploymentStatus>();
        foreach (var site in chosen)
        {
            foreach (var copy in site.Copies)
            {
                if (types.Count > 0 && !types.Contains(copy.Artifact.Type)) continue;
                if (query.Names.Count > 0 && !query.Names.Any(name => name.Matches(copy.Artifact))) continue;
                if (profiles.Count > 0 && !profiles.Exists(profile => profile.IsNamed(copy.Profile))) continue;
                if (scope is not null && !scope.Includes(copy.Artifact, copy.Collection)) continue;
                var state = StateOf(site.Site, copy);
                // It is no deployment that a missing project could keep.
                if (copy.State == DriftState.Added && (query.States.Count == 0 || site.Site.IsMissing)) continue;
                if (query.States.Count > 0 && !query.States.Contains(state)) continue;
                if (query.Search is { } text && !Contains(text, site.Site, copy)) continue;
                found.Add(Describe(site.Site, copy, state));
            }
        }

        return new DeploymentReport([.. found], chosen.Where(site => site.Problem is not null).DistinctBy(site => site.Site.Site.Folder).ToDictionary(site => site.Site.Site.Folder, site => site.Problem!, StringComparer.Ordinal));
    }

    /// <summary>Lets the next question look at all copies, after a change of projects by this program.</summary>
    public void Forget()
    {
        Interlocked.Increment(ref _forgotten);
        Volatile.Write(ref _last, null);
    }

    // Threads that wait for one that looks need not look again.
    private IReadOnlyList<SiteState> FindSites(TimeSpan maxAge, CancellationToken cancellationToken)
    {
        var asked = _cache.Store.Time.GetTimestamp();
        return FindLooked(maxAge, asked)
            ?? _cache.Database.Run(connection => connection.InTurn(connection.Turns.Projects, () => FindLooked(maxAge, asked) ?? Look(connection, maxAge, cancellationToken)), cancellationToken);
    }

    // A look that began after the question is as good as one of its own, however long it took.
    private IReadOnlyList<SiteState>? FindLooked(TimeSpan maxAge, long asked)
    {
        var last = Volatile.Read(ref _last);
        return maxAge > TimeSpan.Zero && last is not null && (last.Begun >= asked || _cache.Store.Time.GetElapsedTime(last.Begun) < maxAge) && HomeStamps.Read(_cache.Store).CompareTo(last.Stamps) is null ? last.Sites : null;
    }

    private IReadOnlyList<SiteState> Look(CacheConnection connection, TimeSpan maxAge, CancellationToken cancellationToken)
    {
        // Before the copies are looked at: what is written meanwhile is found the next time.
        var stamps = maxAge > TimeSpan.Zero ? HomeStamps.Read(_cache.Store) : null;
        var forgotten = Volatile.Read(ref _forgotten);
        var begun = _cache.Store.Time.GetTimestamp();
        var sites = new SiteIndexer(connection, _cache.Store, _user, _cache.Usage, cancellationToken).Update();
        if (stamps is not null) Volatile.Write(ref _last, new LookedSites(sites, stamps, begun));
        if (forgotten != Volatile.Read(ref _forgotten)) Volatile.Write(ref _last, null);
        return sites;
    }

    private static DeploymentStatus Describe(KnownSite site, SiteCopy copy, DeploymentState state) => new(copy.Artifact)
    {
        Collection = copy.Collection,
        Project = site.Site.Folder,
        ProjectName = site.Name,
        IsUserScope = site.Site.User is not null,
        Profile = copy.Profile,
        Path = copy.Path,
        State = state,
        DeployedAt = copy.DeployedAt,
        Version = copy.Version,
        IsLink = copy.IsLink,
    };

    private static bool Contains(string text, KnownSite site, SiteCopy copy)
    {
        return Has(copy.Artifact.Name) || Has(site.Site.Folder) || Has(site.Name) || Has(copy.Collection) || Has(copy.Version);

        bool Has(string? value) => value?.Contains(text, StringComparison.OrdinalIgnoreCase) == true;
    }

    private static DeploymentState StateOf(KnownSite site, SiteCopy copy) => site.IsMissing ? DeploymentState.Missing : copy.State switch
    {
        DriftState.InSync => DeploymentState.InSync,
        DriftState.Modified => DeploymentState.Modified,
        DriftState.Outdated => DeploymentState.Outdated,
        DriftState.Conflict => DeploymentState.Conflict,
        DriftState.Converged => DeploymentState.Converged,
        DriftState.Added => DeploymentState.Added,
        DriftState.Removed => DeploymentState.Removed,
        _ => DeploymentState.Orphaned,
    };

    private sealed record LookedSites(IReadOnlyList<SiteState> Sites, HomeStamps Stamps, long Begun);
}
