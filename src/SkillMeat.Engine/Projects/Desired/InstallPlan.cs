using SkillMeat.Additions;
using SkillMeat.Collections;
using SkillMeat.Errors;
using SkillMeat.Projects.Activation;
using SkillMeat.Projects.Deploying;
using SkillMeat.Projects.Profiles;
using SkillMeat.Upstream;

namespace SkillMeat.Projects.Desired;

/// <summary>The plan of an installation: the artifacts to add to the collection, to deploy, and to leave as they are. Not thread-safe.</summary>
internal sealed class InstallPlan(ProjectSite site, string collection, ProjectInstallRequest request, CollectionState state)
{
    private readonly List<(DesiredArtifact Desired, ArtifactAddition Addition)> _additions = [];
    private readonly List<DesiredArtifact> _deployments = [];
    private readonly List<DesiredArtifact> _addedDeployments = [];
    private readonly Dictionary<ArtifactId, (DeployStatus Status, string Reason)> _left = [];
    private readonly Dictionary<ArtifactId, string> _failed = [];
    private readonly Dictionary<ArtifactId, string> _remarks = [];
    private readonly HashSet<ArtifactId> _added = [];

    /// <summary>The artifacts that the collection lacks.</summary>
    public IReadOnlyList<(DesiredArtifact Desired, ArtifactAddition Addition)> Additions => _additions;

    /// <summary>The artifacts to deploy.</summary>
    public IReadOnlyList<DesiredArtifact> Deployments => [.. _deployments, .. _addedDeployments];

    /// <summary>Adds an artifact of the file.</summary>
    /// <param name="desired">The artifact.</param>
    /// <param name="canAdd">Whether it can be added to the collection.</param>
    public void Add(DesiredArtifact desired, bool canAdd)
    {
        try
        {
            var source = state.SourceOf(desired);
            if (state.Find(desired.Id) is { } known)
            {
                if (state.DescribeOther(desired, source, known) is { } other) _left[desired.Id] = (DeployStatus.Conflict, other);
                else Deploy(desired, known);
            }
            else if (source is null)
            {
                _left[desired.Id] = (DeployStatus.Error, $"The collection '{collection}' does not have it, and {DesiredFile.Name} names no source for it.");
            }
            else if (!canAdd)
            {
                _left[desired.Id] = (DeployStatus.Skipped, $"The collection '{collection}' does not have it. 'skm project install' and Install-SkmProject add it.");
            }
            else
            {
                state.CheckFolder(desired, source);
                _additions.Add((desired, state.AdditionOf(desired, source)));
                if (request.DryRun) _deployments.Add(desired with { IsMissing = true, Activate = false });
            }
        }
        catch (SkillMeatException e) when (e.ErrorId == ErrorIds.InvalidArgument)
        {
            _left[desired.Id] = (DeployStatus.Error, e.Message);
        }
    }

    /// <summary>Leaves out what is not the artifact of the file any more. Another process can have replaced it in the collection before this one got the lock.</summary>
    /// <param name="now">The collection under the lock.</param>
    public void KeepOnlyNamed(CollectionState now)
    {
        foreach (var desired in _deployments.Where(one => !one.IsMissing && !IsNamed(one, now)).ToList())
        {
            _deployments.Remove(desired);
            _left[desired.Id] = (DeployStatus.Conflict, $"It was changed in the collection '{collection}' meanwhile. Install the project again.");
        }
    }

    /// <summary>Takes the outcome of the additions, in place of an earlier one.</summary>
    public void Added(IReadOnlyList<AddEntry> entries)
    {
        _addedDeployments.Clear();
        _failed.Clear();
        _added.Clear();
        foreach (var ((desired, _), entry) in _additions.Zip(entries))
        {
            if (entry.Status is AddStatus.Added or AddStatus.Unchanged && entry.ArtifactId == desired.Id.ToString())
            {
                if (entry.Status == AddStatus.Added) _added.Add(desired.Id);
                // No plan has shown its commands.
                _addedDeployments.Add(desired with { Activate = false });
                Remark(desired, entry.ResolvedSha);
            }
            else
            {
                _failed[desired.Id] = entry.Reason ?? "It could not be added to the collection.";
            }
        }
    }

    /// <summary>Returns the outcomes in the order of the file.</summary>
    public IEnumerable<DeployedArtifact> Conclude(IReadOnlyList<DesiredArtifact> all, IReadOnlyList<DeployedArtifact> deployed)
    {
        var outcomes = deployed.ToLookup(one => one.Id);
        foreach (var desired in all)
        {
            if (_failed.TryGetValue(desired.Id, out var failure))
            {
                foreach (var profile in desired.Profiles) yield return Outcome(desired, profile, DeployStatus.Error, failure);
            }
            else if (_left.TryGetValue(desired.Id, out var left))
            {
                foreach (var profile in desired.Profiles) yield return Outcome(desired, profile, left.Status, left.Reason);
            }
            else
            {
                foreach (var one in outcomes[desired.Id]) yield return Describe(one, desired);
            }
        }
    }

    private static bool IsNamed(DesiredArtifact desired, CollectionState now) => now.Find(desired.Id) is { } known && now.DescribeOther(desired, now.SourceOf(desired), known) is null;

    private void Deploy(DesiredArtifact desired, TrackedArtifact known)
    {
        _deployments.Add(desired);
        Remark(desired, known.Artifact.ResolvedSha);
    }

    // The commit that is fetched can be another one than that of the file.
    private void Remark(DesiredArtifact desired, string? commit)
    {
        if (CollectionState.DescribeCommit(desired, commit) is { } remark) _remarks[desired.Id] = remark;
        else _remarks.Remove(desired.Id);
    }

    // In the state that the file names, nothing is edited.
    private DeployedArtifact Describe(DeployedArtifact one, DesiredArtifact desired)
    {
        var isNew = _additions.Exists(addition => addition.Desired.Id == one.Id);
        var isUnshown = isNew && request.Activate && desired.Activate && SettingsFiles.AreNeededFor(one.Id.Type) && one.Profile == Profile.ClaudeCode;
        var isWritten = one.Status is DeployStatus.Deployed or DeployStatus.Updated;
        string?[] reasons =
        [
            one.Reason,
            _remarks.GetValueOrDefault(one.Id),
            isNew && request.DryRun ? $"The collection '{collection}' lacks it; it would be added from '{desired.Source}'." : null,
            desired.Mode == DeployMode.Link && isWritten ? DescribeMode(one) : null,
            isUnshown ? "It is not activated in the run that adds it, because its commands were not shown before. Install the project again with activation." : null,
        ];
        return one with
        {
            Status = one.IsEdited ? DeployStatus.Conflict : one.Status,
            IsAdded = request.DryRun ? isNew : _added.Contains(one.Id),
            Reason = string.Join(' ', reasons.OfType<string>()) is { Length: > 0 } reason ? reason : null,
        };
    }

    private string? DescribeMode(DeployedArtifact one) =>
        request.UseLinks ? "As a link to the collection." :
        one.Path is not null && new FileInfo(one.Path).LinkTarget is null ? $"{DesiredFile.Name} wants a link; it is a copy, because links were not asked for." : null;

    private DeployedArtifact Outcome(DesiredArtifact desired, string profile, DeployStatus status, string reason) => new(desired.Id)
    {
        Collection = collection,
        Project = site.Folder,
        Profile = profile,
        Path = Target.Of(desired.Id, site, ProfileTable.Parse(profile)) is { HasPlace: true } target ? target.FullPath : null,
        Status = status,
        Reason = reason,
        DryRun = request.DryRun,
    };
}
