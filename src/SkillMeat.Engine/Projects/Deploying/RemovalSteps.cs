using SkillMeat.Collections;
using SkillMeat.Errors;
using SkillMeat.Objects;
using SkillMeat.Objects.Folders;
using SkillMeat.Objects.Trees;
using SkillMeat.Projects.Activation;
using SkillMeat.Projects.Drift;
using SkillMeat.Projects.Records;

namespace SkillMeat.Projects.Deploying;

/// <summary>Decides what happens with each copy that is removed, and plans it. Not thread-safe.</summary>
internal sealed class RemovalSteps(CollectionStore store, DeployRequest request, DeploymentPlan plan, EarlierContents earlier, CancellationToken cancellationToken)
{
    private readonly HashSet<(string RecordsPath, ArtifactId Artifact, string Profile, string Path)> _asked = [];
    private readonly HashSet<(string RecordsPath, ArtifactId Artifact, string Profile, string Path)> _removed = [];

    /// <summary>Plans the removals.</summary>
    /// <exception cref="SkillMeatException">Something cannot be read.</exception>
    public void Add(IReadOnlyList<Target> targets)
    {
        // Nothing can be done.
        if (targets.Count > 0 && targets.All(target => target.Problem is not null)) throw targets[0].Problem!;
        _asked.UnionWith(targets.Where(target => target.Problem is null).Select(KeyOf));
        foreach (var target in targets)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (target.Problem is { } problem)
            {
                plan.Report(target, DeployStatus.Error, problem.Message);
                continue;
            }

            // Two profile roots are one if a link leads from one to the other.
            if (_asked.Remove(KeyOf(target))) AddRemoval(target);
        }
    }

    private void AddRemoval(Target target)
    {
        var (folder, path) = plan.Outside.Find(target.Site, target.FullPath);
        var records = plan.Changes.RecordsOf(target.Site, target.Root);
        if (records.Original.FirstOrDefault(one => one.Key == (target.Artifact, target.Profile) && one.Path == target.Path) is not { } record)
        {
            throw new StorageException(ErrorIds.ConcurrentChange, records.Path, $"another program changed {records.Path} meanwhile, so nothing was written; try again");
        }

        var name = Path.GetFileName(path);
        var current = plan.Copies.Disk.Read(path, name, cancellationToken);
        var others = plan.PlacesOf(target.Site).At(path).Select(KeyOf).Where(one => one != KeyOf(target) && !_removed.Contains(one)).Distinct().ToList();
        var isLeft = current is null || others.Count > 0;
        var (edited, added, isKnown) = isLeft ? ([], [], true) : Remaining(target, path, record, current!);
        if (edited.Count > 0 && !request.Force)
        {
            plan.Report(target, DeployStatus.Conflict, $"It was edited in the project ({ShortList.Of(edited)}). Save the edits, or remove it with force.");
            return;
        }

        if (!isKnown)
        {
            plan.Report(target, DeployStatus.Conflict, $"It is not known which files of '{path}' were deployed, and which ones are yours. Take out what you need, and remove the folder by hand.");
            return;
        }

        if (!isLeft && !request.Force && IsInDoubt(target, record, current!))
        {
            plan.Report(target, DeployStatus.Conflict, $"Its record names '{path}', which has another name, and this home does not know that content. If it is that artifact, remove it with force, which keeps it in the home.");
            return;
        }

        var unlisted = current is null ? null : FindUnlisted(target, path);
        if (Deactivate(target) is not { } left) return;
        var reasons = new List<string>();
        if (current is null) reasons.Add("Its files were gone already.");
        if (current is not null && others.Count > 0) reasons.Add(DescribeOthers(others, others.Exists(one => !_asked.Contains(one))));
        if (added.Count > 0) reasons.Add($"Files that you added stay: {ShortList.Of(added)}.");
        // A version that another home deployed may be nowhere else, and a copy with a name of its own was somebody's before it was adopted.
        if (edited.Count > 0 || (!isLeft && current!.Kind != TreeEntryKind.Link && (target.IsNamedOtherwise || plan.Copies.IsOfAnotherHome(target, record)))) reasons.Add(plan.Copies.Keep(target, path, current!));
        if (left.Count > 0) reasons.Add($"The parts that it had added to {ShortList.Of(left)} were edited or taken out since; look there.");
        if (unlisted is not null) reasons.Add($"'{unlisted}' still has its parts, which this home did not add; take them out by hand.");
        plan.Report(target, DeployStatus.Removed, reasons.Count > 0 ? string.Join(' ', reasons) : null);
        records.File.Remove(new HashSet<(ArtifactId, string)> { record.Key });
        _removed.Add(KeyOf(target));
        // The list names the folders that may be empty now.
        plan.Changes.KeptOf(target.Site);
        if (current is null) plan.Changes.NoteGone(path);
        if (isLeft || request.DryRun) return;
        var relative = Path.GetRelativePath(folder, path).Replace(Path.DirectorySeparatorChar, '/');
        if (added.Count == 0) plan.Changes.Change(target.Site, folder, path, [new FolderChange(relative, current, After: null)]);
        else plan.Changes.Change(target.Site, folder, path, WithoutOurs(relative, plan.Copies.Store(path, current!), added));
    }

    // A record can come with a clone of the project, and name anything that lies beside.
    private bool IsInDoubt(Target target, DeploymentRecord record, TreeEntry current) => target.IsNamedOtherwise && current.Kind != TreeEntryKind.Link && plan.Copies.IsOfAnotherHome(target, record);

    private static string DescribeOthers(List<(string RecordsPath, ArtifactId Artifact, string Profile, string Path)> others, bool stay) =>
        $"The copy {(stay ? "stays, because it " : "")}is that of {ShortList.Of([.. others.Select(one => $"{one.Artifact} for {one.Profile}").Distinct(StringComparer.Ordinal)])} as well.";

    // The parts that another home added, or this one before the project was moved.
    private string? FindUnlisted(Target target, string path)
    {
        if (!SettingsPlan.AreNeededFor(target)) return null;
        try
        {
            return plan.Settings.IsActive(target) ? null : plan.Settings.FindUnlisted(target, FragmentReader.ReadEver(target.Artifact, path, PluginRoot.Of(target)));
        }
        catch (SkillMeatException e) when (e is DataFileException or StorageException || e.ErrorId == ErrorIds.ArtifactInvalid)
        {
            // Files from which no parts can be read, which a removal does not need.
            return null;
        }
    }

    // Null if it cannot be removed, which is reported.
    private IReadOnlyList<string>? Deactivate(Target target)
    {
        if (!SettingsPlan.AreNeededFor(target)) return [];
        try
        {
            var (left, isConflict) = plan.Settings.Deactivate(target, request.Force);
            if (!isConflict) return left;
            plan.Report(target, DeployStatus.Conflict, $"The parts that it had added to {ShortList.Of(left)} were edited. Take them out by hand, or remove the copy alone with force.");
        }
        catch (DataFileException e)
        {
            plan.Report(target, DeployStatus.Error, e.Message);
        }

        return null;
    }

    // The files that were edited, and those that were not deployed. A folder whose base is unknown is edited as a whole if it differs. By force, then, the files that the collection has too count as edited.
    private (IReadOnlyList<string> Edited, IReadOnlyList<string> Added, bool IsKnown) Remaining(Target target, string path, DeploymentRecord record, TreeEntry current)
    {
        if (current.Kind == TreeEntryKind.Link) return (plan.Copies.IsOurLink(path, record) ? [] : [Path.GetFileName(path)], [], true);
        if (plan.Copies.IsDeployed(target, path, record, current)) return ([], [], true);
        if (current.Kind != TreeEntryKind.Folder || !record.Artifact.Type.IsFolder) return ([Path.GetFileName(path)], [], current.Kind != TreeEntryKind.Folder);
        var now = ScannedFolder.Of(path, store.Objects, store.Time, isFull: true, cancellationToken).FilesIn("");
        if (DeployedFiles(target, record) is { } before)
        {
            return (
                [.. now.Where(file => before.TryGetValue(file.Key, out var was) && was != file.Value).Select(file => file.Key).Order(StringComparer.Ordinal)],
                [.. now.Keys.Where(file => !before.ContainsKey(file)).Order(StringComparer.Ordinal)],
                true);
        }

        if (!request.Force || earlier.FindPathsNow(record) is not { } ours) return ([Path.GetFileName(path)], [], false);
        return ([.. now.Keys.Where(ours.Contains).Order(StringComparer.Ordinal)], [.. now.Keys.Where(file => !ours.Contains(file)).Order(StringComparer.Ordinal)], true);
    }

    // Another home or Python SkillMeat may have deployed it; then the collection or a snapshot may have the files.
    private IReadOnlyDictionary<string, ObjectId>? DeployedFiles(Target target, DeploymentRecord record) => plan.Copies.DeployedContent(target, record) is { Kind: TreeEntryKind.Folder } deployed
        ? ContentFiles.Of(store.Objects, deployed).Files.ToDictionary(file => file.Key, file => file.Value.Id, StringComparer.Ordinal)
        : earlier.FindFiles(record);

    private IReadOnlyList<FolderChange> WithoutOurs(string relative, TreeEntry current, IReadOnlyList<string> added)
    {
        var kept = added.SelectMany(FoldersAbove).ToHashSet(StringComparer.Ordinal);
        var stays = added.ToHashSet(StringComparer.Ordinal);
        var edit = new TreeEdit(store.Objects);
        foreach (var file in ContentFiles.Of(store.Objects, current).Files.Keys.Where(file => !stays.Contains(file)))
        {
            edit.Put(FoldersAbove(file).FirstOrDefault(folder => !kept.Contains(folder)) ?? file, entry: null);
        }

        using var writer = store.Objects.BeginWrite();
        var after = current with { Id = edit.Apply(current.Id, writer) };
        writer.Commit();
        return new FolderChangePlanner(store.Objects).Plan(relative, current, after) ?? [new FolderChange(relative, current, after)];
    }

    // From the outermost one on.
    private static IEnumerable<string> FoldersAbove(string file)
    {
        for (var end = file.IndexOf('/', StringComparison.Ordinal); end >= 0; end = file.IndexOf('/', end + 1)) yield return file[..end];
    }

    private (string RecordsPath, ArtifactId Artifact, string Profile, string Path) KeyOf(Target target) => (plan.Outside.Find(target.Site, target.RecordsPath).Path, target.Artifact, target.Profile, target.Path);
}
