using SkillMeat.Baselines;
using SkillMeat.Collections;
using SkillMeat.Errors;
using SkillMeat.Objects.Folders;
using SkillMeat.Objects.Scanning;
using SkillMeat.Objects.Trees;
using SkillMeat.Projects.Activation;
using SkillMeat.Projects.Records;
using SkillMeat.Storage;
using SkillMeat.Storage.Files;

namespace SkillMeat.Projects.Deploying;

/// <summary>Decides what happens with each artifact that is deployed, and plans it. Not thread-safe.</summary>
internal sealed class DeploymentSteps(CollectionStore store, string collection, DeployRequest request, DeploymentPlan plan, CancellationToken cancellationToken)
{
    private readonly Dictionary<string, (string Profile, ArtifactId Artifact)> _servedAt = new(PathEquality.Comparer);
    private readonly Dictionary<string, Artifact> _artifacts = store.Read(collection).Artifacts.ToDictionary(artifact => artifact.ArtifactId, StringComparer.Ordinal);
    private readonly DateTimeOffset _now = store.Time.GetUtcNow();
    private StoredFolder? _stored;

    /// <summary>Plans the deployments.</summary>
    /// <exception cref="SkillMeatException">An artifact has no files, or something cannot be read.</exception>
    public void Add(IReadOnlyList<Target> targets)
    {
        foreach (var target in targets)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (!target.HasPlace) plan.Report(target, DeployStatus.Skipped, $"{target.Profile} does not read artifacts of type {target.Artifact.Type}.");
            else AddDeployment(target);
        }
    }

    private void AddDeployment(Target asked)
    {
        var (folder, path) = plan.Outside.Find(asked.Site, asked.FullPath);
        if (ReportServed(asked, path)) return;
        var target = plan.PlacesOf(asked.Site).Find(asked, path);
        if (target != asked)
        {
            (folder, path) = plan.Outside.Find(target.Site, target.FullPath);
            if (ReportServed(target, path)) return;
        }

        if (plan.PlacesOf(target.Site).At(path).Select(other => (ArtifactId?)other.Artifact).FirstOrDefault(other => other != target.Artifact) is { } owner)
        {
            // With two records, a synchronization would bring the files of one into the other.
            plan.Report(target, DeployStatus.Conflict, $"'{path}' is the place of {owner}, as a record says. Undeploy that first, or rename one of them.");
            return;
        }

        _servedAt[path] = (target.Profile, target.Artifact);
        if (FindLink(target) is { } link)
        {
            plan.Report(target, DeployStatus.Error, $"'{link}' in the collection is a link, so its files are outside the collection. Replace the link with a copy.");
            return;
        }

        (TreeEntry? wanted, var source) = target.IsMissing ? (null, "") : ReadCollection(target);
        var records = plan.Changes.RecordsOf(target.Site, target.Root);
        if (records.File.Bad.FirstOrDefault(bad => bad.Artifact == target.Artifact || bad.Path == target.Path) is { } unreadable)
        {
            plan.Report(target, DeployStatus.Error, unreadable.Error.Message);
            return;
        }

        var record = records.File.Find(target.Artifact, target.Profile) ?? records.File.All.FirstOrDefault(one => one.Path == target.Path && one.Artifact == target.Artifact);
        var current = plan.Copies.Disk.Read(path, Path.GetFileName(target.FullPath), cancellationToken);
        var (status, reason) = Decide(target, path, record, current, wanted, source);
        if (status is DeployStatus.Conflict or DeployStatus.Skipped)
        {
            plan.Report(target, status, reason, isEdited: status == DeployStatus.Skipped);
            return;
        }

        if (wanted is null)
        {
            plan.Report(target, status, reason);
            return;
        }

        var settings = Activate(target, source, status);
        (status, reason) = (settings.Status, settings.Reason is { } more && more != reason ? Join(reason, more) : reason);
        if (settings.IsCopied && current is not null && IsLost(target, path, record, current)) reason = Join(reason, plan.Copies.Keep(target, path, current));
        plan.Report(target, status, reason, settings.Commands);
        if (status is DeployStatus.Conflict or DeployStatus.Error) return;
        var hash = HashOf(wanted, source);
        if (settings.IsCopied)
        {
            if (!request.DryRun)
            {
                var relative = Path.GetRelativePath(folder, path).Replace(Path.DirectorySeparatorChar, '/');
                plan.Changes.Change(target.Site, folder, path, [new FolderChange(relative, current, ModeOf(target) == DeployMode.Link ? plan.Copies.StoreLink(wanted.Name, source) : wanted)]);
            }
        }
        // Another home or Python SkillMeat may have deployed it. This home needs the base for the next merge, too.
        else if (record is not null && record.ContentHash == hash && record.Collection == collection && plan.Changes.KeptOf(target.Site).Find(target.FullPath, hash) is not null)
        {
            return;
        }

        records.File.Set(
            new DeploymentRecord
            {
                Artifact = target.Artifact,
                Collection = collection,
                Path = target.Path,
                ContentHash = hash,
                DeployedAt = _now,
                Profile = record?.Profile ?? target.Profile,
                Lineage = [hash, .. (record?.Lineage ?? []).Where(earlier => earlier != hash)],
            },
            target.Root);
        plan.Changes.Keep(target.Site, new KeptContent(target.Artifact, target.FullPath, hash, wanted));
    }

    // Whether replacing a copy would lose a content that is nowhere else.
    private bool IsLost(Target target, string path, DeploymentRecord? record, TreeEntry current)
    {
        if (record is not null && plan.Copies.IsOurLink(path, record)) return false;
        return target.IsNamedOtherwise || !plan.Copies.IsDeployed(target, path, record, current) || plan.Copies.IsOfAnotherHome(target, record!);
    }

    private (DeployStatus Status, string? Reason) Decide(Target target, string path, DeploymentRecord? record, TreeEntry? current, TreeEntry? wanted, string source)
    {
        var isLinked = ModeOf(target) == DeployMode.Link;
        if (current is null) return (DeployStatus.Deployed, null);
        if (current.Kind == TreeEntryKind.Link)
        {
            if (wanted is not null && isLinked && CollectionLinks.LeadTo(path, source)) return (DeployStatus.Unchanged, record is null ? "It was there already; it has a record now." : null);
            if (record is not null && plan.Copies.IsOurLink(path, record)) return (DeployStatus.Updated, isLinked ? "The link leads to the collection's files now." : "It was a link to the collection.");
            return request.Force ? (DeployStatus.Updated, $"It was a link to '{new FileInfo(path).LinkTarget}'.") : (DeployStatus.Conflict, $"'{path}' is a link that somebody else made. Remove it first, or overwrite it with force.");
        }

        var isSame = wanted is not null && plan.Copies.Disk.Holds(path, wanted, cancellationToken);
        if (isSame && !isLinked) return (DeployStatus.Unchanged, record is null ? "It was there already; it has a record now." : null);
        var (isFolder, isFolderWanted) = (current.Kind == TreeEntryKind.Folder, wanted is null ? target.Artifact.Type.IsFolder : wanted.Kind == TreeEntryKind.Folder);
        if (isFolder != isFolderWanted) return (DeployStatus.Conflict, $"'{path}' is {(isFolder ? "a folder" : "a file")}; remove it first.");
        var isDeployed = record is not null && (isSame || plan.Copies.IsDeployed(target, path, record, current));
        var isOfAnother = isDeployed && !isSame && plan.Copies.IsOfAnotherHome(target, record!);
        if (isDeployed && !isOfAnother) return (DeployStatus.Updated, isLinked ? "It was a copy." : null);
        if (request.Force) return (DeployStatus.Updated, null);
        if (isOfAnother)
        {
            var why = wanted is not null && record!.Lineage.Contains(HashOf(wanted, source)) ? "Another home deployed a newer version" : "Another home deployed a version that this collection never had";
            return (DeployStatus.Conflict, $"{why}. Synchronize it to bring that into the collection or to replace it, or overwrite it with force.");
        }

        if (record is null) return (DeployStatus.Conflict, $"'{path}' is there, and no record names it. {(wanted is null ? "It stays, unless it has the same content." : "Adopt it, or overwrite it with force.")}");
        return wanted is not null && HashOf(wanted, source) == record.ContentHash
            ? (DeployStatus.Skipped, "It was edited in the project, and the collection has nothing new.")
            : (DeployStatus.Conflict, "It was edited in the project, and changed in the collection. Synchronize it, or overwrite it with force.");
    }

    // The status and the reason with the settings, the commands, and whether the files are copied or linked.
    private (DeployStatus Status, string? Reason, IReadOnlyList<string> Commands, bool IsCopied) Activate(Target target, string source, DeployStatus status)
    {
        var isCopied = status is DeployStatus.Deployed or DeployStatus.Updated;
        if (!SettingsPlan.AreNeededFor(target)) return (status, null, [], isCopied);
        if (!(target.Activate ?? request.Activate))
        {
            var isActive = plan.Settings.IsActive(target);
            var hint = isActive ? "The settings of Claude Code still have the parts of the earlier version. Activate it to replace them." : "It takes effect only when it is activated.";
            return (status, isCopied || !isActive ? hint : null, [], isCopied);
        }

        try
        {
            PluginRoot.Check(target);
            var (fragments, warning) = FragmentReader.Read(target.Artifact, source, PluginRoot.Of(target));
            var isChanged = plan.Settings.Activate(target, fragments);
            var isActivatedAlone = status == DeployStatus.Unchanged && isChanged;
            string[] commands = [.. fragments.SelectMany(fragment => fragment.Commands)];
            var reason = isActivatedAlone ? "It is activated now." : null;
            return (isActivatedAlone ? DeployStatus.Updated : status, warning is null ? reason : Join(reason, warning), commands, isCopied);
        }
        catch (SkillMeatException e) when (e.ErrorId == ErrorIds.InvalidArgument)
        {
            return (DeployStatus.Conflict, e.Message, [], false);
        }
        catch (SkillMeatException e) when (e is DataFileException || e.ErrorId == ErrorIds.ArtifactInvalid)
        {
            return (DeployStatus.Error, e.Message, [], false);
        }
    }

    private DeployMode ModeOf(Target target) => target.Mode ?? request.Mode;

    private bool ReportServed(Target target, string path)
    {
        if (!_servedAt.TryGetValue(path, out var other)) return false;
        if (other.Artifact == target.Artifact) plan.Report(target, DeployStatus.Unchanged, $"The copy for {other.Profile} serves {target.Profile} as well.");
        else plan.Report(target, DeployStatus.Conflict, $"'{path}' is the place of {other.Artifact} as well, which was planned first. Deploy one of them, or rename it.");
        return true;
    }

    // The path in the collection of a link on the way to the files of an artifact, or null.
    private string? FindLink(Target target) => !_artifacts.TryGetValue(target.Artifact.ToString(), out var artifact) ? null : ArtifactPath.Parents(TreePath.Normalize(artifact.Path))
        .Prepend(TreePath.Normalize(artifact.Path))
        .FirstOrDefault(place => IsLink(Path.Combine(store.Layout.CollectionFolder(collection), place.Replace('/', Path.DirectorySeparatorChar))));

    private static bool IsLink(string path) => StorageGuard.Run("read", path, () => new FileInfo(path).LinkTarget is not null);

    private (TreeEntry Content, string Path) ReadCollection(Target target)
    {
        if (plan.Pending?.Find(target.Artifact) is { } added)
        {
            var folder = Path.Combine(store.Layout.CollectionFolder(collection), target.Artifact.Type.Container!);
            return (added with { Name = Path.GetFileName(target.FullPath) }, Path.Combine(folder, added.Name));
        }

        if (!_artifacts.TryGetValue(target.Artifact.ToString(), out var artifact)) throw new SkillMeatException(ErrorIds.ArtifactNotFound, $"{target.Artifact} was removed from the collection '{collection}' meanwhile.");
        var path = TreePath.Normalize(artifact.Path);
        var full = Path.Combine(store.Layout.CollectionFolder(collection), path.Replace('/', Path.DirectorySeparatorChar));
        var found = request.DryRun
            ? plan.Copies.Disk.Read(full, Path.GetFileName(full), cancellationToken)
            : store.Objects.Find((_stored ??= store.Objects.Store(store.Layout.CollectionFolder(collection), store.Time, cancellationToken)).Scan.Id, path);
        if (found is null) throw new SkillMeatException(ErrorIds.ArtifactInvalid, $"{target.Artifact} has no files at '{full}'. Update or restore it first.");
        return (found with { Name = Path.GetFileName(target.FullPath) }, full);
    }

    private string HashOf(TreeEntry wanted, string source)
    {
        if (plan.Hashes.Find(wanted.Id) is { } known) return known;
        // Nothing was stored.
        if (request.DryRun) return ContentHash.Of(source);
        var files = ContentFiles.Of(store.Objects, wanted);
        var hash = files.ContentHash();
        if (files.Files.Values.All(file => file.Kind != TreeEntryKind.Link)) plan.Hashes.Add(wanted.Id, hash);
        return hash;
    }

    private static string Join(string? one, string other) => one is null ? other : $"{one} {other}";
}
