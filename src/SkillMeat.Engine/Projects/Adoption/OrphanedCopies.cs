using SkillMeat.Collections;
using SkillMeat.Errors;
using SkillMeat.Projects.Deploying;
using SkillMeat.Projects.Drift;
using SkillMeat.Projects.Records;
using SkillMeat.Projects.Syncing;
using SkillMeat.Storage.Files;

namespace SkillMeat.Projects.Adoption;

/// <summary>Finds copies whose record names an artifact or a collection that the home does not have: another home or Python SkillMeat deployed them, or the artifact was removed. For one plan. Not thread-safe.</summary>
/// <param name="store">The home.</param>
/// <param name="site">The project.</param>
/// <param name="filter">The types, names and profiles.</param>
/// <param name="real">Finds the real paths.</param>
/// <param name="links">Says why a link is not adopted.</param>
internal sealed class OrphanedCopies(CollectionStore store, ProjectSite site, DriftFilter filter, RealPaths real, LinkRefusal links)
{
    private readonly Dictionary<string, Manifest?> _manifests = new(StringComparer.Ordinal);
    private readonly HashSet<string> _unreadable = new(StringComparer.Ordinal);
    private readonly OutsideFolders _outside = new(store.Home);

    /// <summary>Finds the copies.</summary>
    /// <param name="records">The records, each with its profile root.</param>
    /// <param name="warn">Called with a warning for each copy that is passed over.</param>
    /// <exception cref="SkillMeatException">A folder cannot be read.</exception>
    public IReadOnlyList<AdoptionCandidate> Find(IReadOnlyList<(string Root, DeploymentRecord Record)> records, Action<string> warn) =>
    [
        .. records
            .Where(one => one.Record.Artifact.Type.Container is not null && filter.Includes(one.Record.Artifact) && filter.IncludesProfile(one.Record.Profile) && IsOrphan(one.Record, warn))
            .Select(one => ToCandidate(one.Root, one.Record, warn))
            .OfType<AdoptionCandidate>(),
    ];

    // A collection that cannot be read may have the artifact.
    private bool IsOrphan(DeploymentRecord record, Action<string> warn)
    {
        if (!_manifests.TryGetValue(record.Collection, out var manifest))
        {
            try
            {
                _manifests[record.Collection] = manifest = SyncPlan.Exists(store, record.Collection) ? store.ReadFiles(record.Collection).Manifest : null;
                if (manifest is null && IsThere(record.Collection))
                {
                    _unreadable.Add(record.Collection);
                    warn($"The collection '{record.Collection}' has no manifest, or leads to a volume that is not mounted, so its copies stay as they are.");
                }
            }
            catch (DataFileException e)
            {
                _manifests[record.Collection] = null;
                _unreadable.Add(record.Collection);
                warn(e.Message);
            }
        }

        return !_unreadable.Contains(record.Collection) && manifest?.Contains(record.Artifact) != true;
    }

    // A dead link counts.
    private bool IsThere(string collection) => ArtifactId.DescribeBadName(collection) is null && Disk.HasEntry(store.Layout.CollectionFolder(collection));

    // Null if its files are gone.
    private AdoptionCandidate? ToCandidate(string root, DeploymentRecord record, Action<string> warn)
    {
        var path = site.FullPath(root, record.Path);
        if (!LinkTarget.Exists(path)) return null;
        try
        {
            _outside.Find(site, path);
        }
        catch (SkillMeatException e) when (e.ErrorId == ErrorIds.InvalidArgument)
        {
            warn($"'{path}' was passed over: a link leads out of the project, or into the SkillMeat home.");
            return null;
        }

        var candidate = new AdoptionCandidate(site, record.Artifact, path, record.Profile) { Record = record, Target = new Target(record.Artifact, site, record.Profile, root, record.Path) };
        if (new FileInfo(path).LinkTarget is not null) return candidate with { Refusal = links.Of(real.OfTarget(path)), IsLink = true };
        return links.IsProtected(real.Of(path)) ? candidate with { Refusal = "It lies in the SkillMeat home." } : candidate;
    }
}
