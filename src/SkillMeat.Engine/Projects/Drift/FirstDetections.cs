using SkillMeat.Collections;
using SkillMeat.Errors;
using SkillMeat.Projects.Deploying;
using SkillMeat.Projects.Profiles;
using SkillMeat.Projects.Records;
using SkillMeat.Storage;
using SkillMeat.Storage.Files;
using SkillMeat.Storage.Journal;

namespace SkillMeat.Projects.Drift;

/// <summary>Stores when modifications were first seen, in one transaction for each project.</summary>
internal sealed class FirstDetections(CollectionStore store, AgentFolders user, TimeSpan lockTimeout)
{
    // As it is read back, without a part that the format does not have.
    private readonly DateTimeOffset _now = IsoTime.Read(IsoTime.Write(store.Time.GetUtcNow()))!.Value;

    /// <summary>Stores the times that a comparison found to be missing or out of date.</summary>
    public async Task<DriftReport> RecordAsync(DriftReport report, CancellationToken cancellationToken)
    {
        var problems = report.Problems.ToDictionary(StringComparer.Ordinal);
        var times = new Dictionary<ArtifactDrift, DateTimeOffset?>(ReferenceEqualityComparer.Instance);
        foreach (var project in report.Artifacts.Where(IsOutOfDate).GroupBy(drift => drift.Project, StringComparer.Ordinal))
        {
            try
            {
                foreach (var (drift, since) in await RecordAsync([.. project], project.Key, cancellationToken).ConfigureAwait(false)) times[drift] = since;
            }
            catch (SkillMeatException e)
            {
                problems[project.Key] = e;
            }
        }

        return new DriftReport([.. report.Artifacts.Select(drift => times.TryGetValue(drift, out var since) ? drift with { FirstSeen = since } : drift)], problems);
    }

    private static bool IsModified(ArtifactDrift drift) => !drift.IsLink && drift.BaseHash is not null && drift.ProjectHash is not null && drift.ProjectHash != drift.BaseHash;

    private static bool IsOutOfDate(ArtifactDrift drift) => IsModified(drift) ? drift.FirstSeen is null : drift.FirstSeen is not null && drift.ProjectHash is not null;

    private async Task<List<(ArtifactDrift Drift, DateTimeOffset? Since)>> RecordAsync(IReadOnlyList<ArtifactDrift> drifts, string project, CancellationToken cancellationToken)
    {
        var site = PathEquality.Comparer.Equals(project, user.UserFolder) ? new ProjectSite(project, user) : new ProjectSite(project);
        var outside = new OutsideFolders(store.Home);
        var files = new ProjectRecords(site, store).Roots()
            .Select(root => (Root: root, Place: outside.Find(site, site.FullPath(root, DeploymentFile.Name))))
            .DistinctBy(one => one.Place.Path, PathEquality.Comparer).ToList();
        if (files.Count == 0) return [];
        using var held = await store.Storage.LockAsync([], [.. files.Select(one => one.Place.Folder).Distinct(StringComparer.Ordinal)], lockTimeout, cancellationToken).ConfigureAwait(false);
        return ConcurrentChanges.Retry(
            () =>
            {
                var recorded = new List<(ArtifactDrift, DateTimeOffset?)>();
                var transaction = store.Storage.Begin(held);
                foreach (var (root, place) in files)
                {
                    var bytes = store.Storage.ReadConsistent([place.Path], cancellationToken)[0];
                    var file = DeploymentFile.Parse(bytes, place.Path, site, store);
                    foreach (var record in file.All)
                    {
                        if (drifts.FirstOrDefault(one => (one.Path, one.Id, one.Profile) == (site.FullPath(root, record.Path), record.Artifact, record.Profile)) is not { } drift) continue;
                        DateTimeOffset? since = IsModified(drift) ? record.ModifiedSince ?? _now : null;
                        file.SetModifiedSince(record, since);
                        recorded.Add((drift, since));
                    }

                    if (bytes is not null && !file.ToBytes().AsSpan().SequenceEqual(bytes)) transaction.Write(place.Path, file.ToBytes(), FileExpectation.Of(bytes));
                }

                transaction.Commit(cancellationToken);
                return recorded;
            },
            cancellationToken);
    }
}
