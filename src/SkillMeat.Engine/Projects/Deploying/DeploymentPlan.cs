using System.Text;
using SkillMeat.Baselines;
using SkillMeat.Collections;
using SkillMeat.Errors;
using SkillMeat.Objects;
using SkillMeat.Objects.Folders;
using SkillMeat.Objects.Scanning;
using SkillMeat.Objects.Trees;
using SkillMeat.Projects.Activation;
using SkillMeat.Projects.Drift;
using SkillMeat.Projects.Records;
using SkillMeat.Storage;
using SkillMeat.Storage.Files;
using SkillMeat.Storage.Journal;
using SkillMeat.Storage.Locks;

namespace SkillMeat.Projects.Deploying;

/// <summary>The changes of a request in projects, their records, and the results. Nothing is changed before <see cref="Commit"/>. Not thread-safe.</summary>
internal sealed class DeploymentPlan(CollectionStore store, string collection, DeployRequest request, CancellationToken cancellationToken) : IDisposable
{
    private readonly List<DeployedArtifact> _results = [];
    private readonly Dictionary<string, List<FolderChange>> _changes = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (DeploymentFile File, byte[]? Before, string Path, IReadOnlyList<DeploymentRecord> Original)> _records = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (KeptContentList List, byte[]? Before)> _kept = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<KeptContent>> _keptNow = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (string Profile, ArtifactId Artifact)> _servedAt = new(PathEquality.Comparer);
    private readonly HashSet<(string RecordsPath, ArtifactId Artifact, string Profile, string Path)> _asked = [];
    private readonly HashSet<(string RecordsPath, ArtifactId Artifact, string Profile, string Path)> _removed = [];
    private readonly Dictionary<string, RecordedPlaces> _places = new(StringComparer.Ordinal);
    private readonly HashSet<string> _folders = new(StringComparer.Ordinal);
    private readonly OutsideFolders _outside = new(store.Home);
    private readonly DiskContent _disk = new(store.Objects, store.Time);
    // A removal needs no collection.
    private readonly Lazy<Dictionary<string, Artifact>> _artifacts = new(() => store.Read(collection).Artifacts.ToDictionary(artifact => artifact.ArtifactId, StringComparer.Ordinal));
    private readonly ContentHashCache _hashes = ContentHashCache.Read(store.Objects);
    private readonly EarlierContents _earlier = new(store, request.DryRun, cancellationToken);
    private readonly DateTimeOffset _now = store.Time.GetUtcNow();
    private SettingsPlan? _settings;
    private StoredFolder? _stored;

    /// <summary>The results, in the order of the targets.</summary>
    public IReadOnlyList<DeployedArtifact> Results => _results;

    private SettingsPlan Settings => _settings ??= new SettingsPlan(store, _outside, cancellationToken);

    /// <summary>Plans the deployment of artifacts of the collection.</summary>
    /// <exception cref="SkillMeatException">An artifact has no files, or something cannot be read.</exception>
    public void AddDeployments(IReadOnlyList<Target> targets)
    {
        foreach (var target in targets)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (!target.HasPlace) Report(target, DeployStatus.Skipped, $"{target.Profile} does not read artifacts of type {target.Artifact.Type}.");
            else AddDeployment(target);
        }
    }

    /// <summary>Plans the removal of copies.</summary>
    /// <exception cref="SkillMeatException">Something cannot be read.</exception>
    public void AddRemovals(IReadOnlyList<Target> targets)
    {
        _asked.UnionWith(targets.Select(KeyOf));
        foreach (var target in targets)
        {
            cancellationToken.ThrowIfCancellationRequested();
            // Two profile roots are one if a link leads from one to the other.
            if (_asked.Remove(KeyOf(target))) AddRemoval(target);
        }
    }

    /// <summary>Makes the changes in one transaction.</summary>
    /// <exception cref="StorageException">Another program changed a file meanwhile, or a file operation failed. Nothing was changed.</exception>
    public void Commit(HomeLock held)
    {
        var transaction = store.Storage.Begin(held);
        foreach (var folder in _folders) transaction.CreateFolder(folder);
        foreach (var (folder, changes) in _changes) ChangerOf(folder).AddTo(transaction, changes, cancellationToken);
        foreach (var (file, before, path, _) in _records.Values) WriteIfChanged(transaction, path, before, file.ToBytes());
        foreach (var (project, (read, before)) in _kept)
        {
            var list = read.With(_keptNow.GetValueOrDefault(project) ?? []);
            var path = KeptContentList.PathOf(store.Home, project);
            if (list.All.Count > 0 || before is not null) transaction.CreateFolder(Path.GetDirectoryName(path)!);
            WriteIfChanged(transaction, path, before, list.All.Count > 0 || before is not null ? list.ToBytes() : []);
        }

        _settings?.AddTo(transaction);
        transaction.Commit(cancellationToken);
        foreach (var kept in transaction.Kept) ReportKept(kept);
        _hashes.TryWrite();
    }

    public void Dispose() => _earlier.Dispose();

    private void AddDeployment(Target asked)
    {
        var (folder, path) = _outside.Find(asked.Site, asked.FullPath);
        if (ReportServed(asked, path)) return;
        var target = PlacesOf(asked.Site).Find(asked, path);
        if (target != asked)
        {
            (folder, path) = _outside.Find(target.Site, target.FullPath);
            if (ReportServed(target, path)) return;
        }

        _servedAt[path] = (target.Profile, target.Artifact);
        if (FindLink(target) is { } link)
        {
            Report(target, DeployStatus.Error, $"'{link}' in the collection is a link, so its files are outside the collection. Replace the link with a copy.");
            return;
        }

        var (wanted, source) = ReadCollection(target);
        var records = RecordsOf(target);
        var record = records.File.Find(target.Artifact, target.Profile) ?? records.File.All.FirstOrDefault(one => one.Path == target.Path && one.Artifact == target.Artifact);
        var current = _disk.Read(path, wanted.Name, cancellationToken);
        var (status, reason) = Decide(target, path, record, current, wanted, source);
        if (status is DeployStatus.Conflict or DeployStatus.Skipped)
        {
            Report(target, status, reason);
            return;
        }

        var settings = Activate(target, source, status);
        (status, reason) = (settings.Status, settings.Reason is { } more && more != reason ? Join(reason, more) : reason);
        if (settings.IsCopied && current is not null && !IsDeployed(target, path, record, current) && !(record is not null && IsOurLink(path, record))) reason = Join(reason, Keep(target, path, current));
        Report(target, status, reason, settings.Commands);
        if (status is DeployStatus.Conflict or DeployStatus.Error) return;
        var hash = HashOf(wanted, source);
        if (settings.IsCopied)
        {
            if (!request.DryRun) AddChange(folder, new FolderChange(Path.GetRelativePath(folder, path).Replace(Path.DirectorySeparatorChar, '/'), current, request.Mode == DeployMode.Link ? StoreLink(wanted.Name, source) : wanted));
            _folders.Add(Path.GetDirectoryName(path)!);
        }
        // Another home or Python SkillMeat may have deployed it. This home needs the base for the next merge, too.
        else if (record is not null && record.ContentHash == hash && record.Collection == collection && KeptOf(target.Site.Folder).List.Find(target.FullPath, hash) is not null)
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
        Keep(target.Site.Folder, new KeptContent(target.Artifact, target.FullPath, hash, wanted));
    }

    private (DeployStatus Status, string? Reason) Decide(Target target, string path, DeploymentRecord? record, TreeEntry? current, TreeEntry wanted, string source)
    {
        var isLinked = request.Mode == DeployMode.Link;
        if (current is null) return (DeployStatus.Deployed, null);
        if (current.Kind == TreeEntryKind.Link)
        {
            if (isLinked && CollectionLinks.LeadTo(path, source)) return (DeployStatus.Unchanged, record is null ? "It was there already; it has a record now." : null);
            if (record is not null && IsOurLink(path, record)) return (DeployStatus.Updated, isLinked ? "The link leads to the collection's files now." : "It was a link to the collection.");
            return request.Force ? (DeployStatus.Updated, $"It was a link to '{new FileInfo(path).LinkTarget}'.") : (DeployStatus.Conflict, $"'{path}' is a link that somebody else made. Remove it first, or overwrite it with force.");
        }

        var isSame = _disk.Holds(path, wanted, cancellationToken);
        if (isSame && !isLinked) return (DeployStatus.Unchanged, record is null ? "It was there already; it has a record now." : null);
        if (current.Kind == TreeEntryKind.Folder != (wanted.Kind == TreeEntryKind.Folder)) return (DeployStatus.Conflict, $"'{path}' is {(current.Kind == TreeEntryKind.Folder ? "a folder" : "a file")}; remove it first.");
        if (record is not null && (isSame || IsDeployed(target, path, record, current))) return (DeployStatus.Updated, isLinked ? "It was a copy." : null);
        if (request.Force) return (DeployStatus.Updated, null);
        if (record is null) return (DeployStatus.Conflict, $"'{path}' is there, and no record names it. Adopt it, or overwrite it with force.");
        return HashOf(wanted, source) == record.ContentHash
            ? (DeployStatus.Skipped, "It was edited in the project, and the collection has nothing new.")
            : (DeployStatus.Conflict, "It was edited in the project, and changed in the collection. Synchronize it, or overwrite it with force.");
    }

    // The status and the reason with the settings, the commands, and whether the files are copied or linked.
    private (DeployStatus Status, string? Reason, IReadOnlyList<string> Commands, bool IsCopied) Activate(Target target, string source, DeployStatus status)
    {
        var isCopied = status is DeployStatus.Deployed or DeployStatus.Updated;
        if (!SettingsPlan.AreNeededFor(target)) return (status, null, [], isCopied);
        if (!request.Activate)
        {
            var isActive = Settings.IsActive(target);
            var hint = isActive ? "The settings of Claude Code still have the parts of the earlier version. Activate it to replace them." : "It takes effect only when it is activated.";
            return (status, isCopied || !isActive ? hint : null, [], isCopied);
        }

        try
        {
            var fragments = FragmentReader.Read(target.Artifact, source, PluginRoot.Of(target));
            var isChanged = Settings.Activate(target, fragments);
            var isActivatedAlone = status == DeployStatus.Unchanged && isChanged;
            string[] commands = [.. fragments.SelectMany(fragment => fragment.Commands)];
            return (isActivatedAlone ? DeployStatus.Updated : status, isActivatedAlone ? "It is activated now." : null, commands, isCopied);
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

    private void AddRemoval(Target target)
    {
        var (folder, path) = _outside.Find(target.Site, target.FullPath);
        var records = RecordsOf(target);
        if (records.Original.FirstOrDefault(one => one.Key == (target.Artifact, target.Profile) && one.Path == target.Path) is not { } record)
        {
            throw new StorageException(ErrorIds.ConcurrentChange, records.Path, $"another program changed {records.Path} meanwhile, so nothing was written; try again");
        }

        var name = Path.GetFileName(path);
        var current = _disk.Read(path, name, cancellationToken);
        var others = PlacesOf(target.Site).At(path).Select(KeyOf).Where(one => one != KeyOf(target) && !_removed.Contains(one)).Distinct().ToList();
        var isLeft = current is null || others.Count > 0;
        var (edited, added, isKnown) = isLeft ? ([], [], true) : Remaining(target, path, record, current!);
        if (edited.Count > 0 && !request.Force)
        {
            Report(target, DeployStatus.Conflict, $"It was edited in the project ({ShortList.Of(edited)}). Save the edits, or remove it with force.");
            return;
        }

        if (!isKnown)
        {
            Report(target, DeployStatus.Conflict, $"It is not known which files of '{path}' were deployed, and which ones are yours. Take out what you need, and remove the folder by hand.");
            return;
        }

        var unlisted = current is null ? null : FindUnlisted(target, path);
        if (Deactivate(target) is not { } left) return;
        var reasons = new List<string>();
        if (current is null) reasons.Add("Its files were gone already.");
        if (current is not null && others.Count > 0) reasons.Add(DescribeOthers(others, others.Exists(one => !_asked.Contains(one))));
        if (added.Count > 0) reasons.Add($"Files that you added stay: {ShortList.Of(added)}.");
        if (edited.Count > 0) reasons.Add(Keep(target, path, current!));
        if (left.Count > 0) reasons.Add($"The parts that it had added to {ShortList.Of(left)} were edited or taken out since; look there.");
        if (unlisted is not null) reasons.Add($"'{unlisted}' still has its parts, which this home did not add; take them out by hand.");
        Report(target, DeployStatus.Removed, reasons.Count > 0 ? string.Join(' ', reasons) : null);
        records.File.Remove(new HashSet<(ArtifactId, string)> { record.Key });
        _removed.Add(KeyOf(target));
        if (isLeft || request.DryRun) return;
        var relative = Path.GetRelativePath(folder, path).Replace(Path.DirectorySeparatorChar, '/');
        if (added.Count == 0) AddChange(folder, new FolderChange(relative, current, After: null));
        else foreach (var change in WithoutOurs(relative, Store(path, current!), added)) AddChange(folder, change);
    }

    private static string DescribeOthers(List<(string RecordsPath, ArtifactId Artifact, string Profile, string Path)> others, bool stay) =>
        $"The copy {(stay ? "stays, because it " : "")}is that of {ShortList.Of([.. others.Select(one => $"{one.Artifact} for {one.Profile}").Distinct(StringComparer.Ordinal)])} as well.";

    // The parts that another home added, or this one before the project was moved.
    private string? FindUnlisted(Target target, string path)
    {
        if (!SettingsPlan.AreNeededFor(target)) return null;
        try
        {
            return Settings.IsActive(target) ? null : Settings.FindUnlisted(target, FragmentReader.Read(target.Artifact, path, PluginRoot.Of(target)));
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
            var (left, isConflict) = Settings.Deactivate(target, request.Force);
            if (!isConflict) return left;
            Report(target, DeployStatus.Conflict, $"The parts that it had added to {ShortList.Of(left)} were edited. Take them out by hand, or remove the copy alone with force.");
        }
        catch (DataFileException e)
        {
            Report(target, DeployStatus.Error, e.Message);
        }

        return null;
    }

    // The files that were edited, and those that were not deployed. A folder whose base is unknown is edited as a whole if it differs. By force, then, the files that the collection has too count as edited.
    private (IReadOnlyList<string> Edited, IReadOnlyList<string> Added, bool IsKnown) Remaining(Target target, string path, DeploymentRecord record, TreeEntry current)
    {
        if (current.Kind == TreeEntryKind.Link) return (IsOurLink(path, record) ? [] : [Path.GetFileName(path)], [], true);
        if (IsDeployed(target, path, record, current)) return ([], [], true);
        if (current.Kind != TreeEntryKind.Folder || !record.Artifact.Type.IsFolder) return ([Path.GetFileName(path)], [], current.Kind != TreeEntryKind.Folder);
        var now = ScannedFolder.Of(path, store.Objects, store.Time, isFull: true, cancellationToken).FilesIn("");
        if (DeployedFiles(target, record) is { } before)
        {
            return (
                [.. now.Where(file => before.TryGetValue(file.Key, out var was) && was != file.Value).Select(file => file.Key).Order(StringComparer.Ordinal)],
                [.. now.Keys.Where(file => !before.ContainsKey(file)).Order(StringComparer.Ordinal)],
                true);
        }

        if (!request.Force || _earlier.FindPathsNow(record) is not { } ours) return ([Path.GetFileName(path)], [], false);
        return ([.. now.Keys.Where(ours.Contains).Order(StringComparer.Ordinal)], [.. now.Keys.Where(file => !ours.Contains(file)).Order(StringComparer.Ordinal)], true);
    }

    // Another home or Python SkillMeat may have deployed it; then the collection or a snapshot may have the files.
    private IReadOnlyDictionary<string, ObjectId>? DeployedFiles(Target target, DeploymentRecord record) => DeployedContent(target, record) is { Kind: TreeEntryKind.Folder } deployed
        ? ContentFiles.Of(store.Objects, deployed).Files.ToDictionary(file => file.Key, file => file.Value.Id, StringComparer.Ordinal)
        : _earlier.FindFiles(record);

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

    private bool IsDeployed(Target target, string path, DeploymentRecord? record, TreeEntry current)
    {
        if (record is null || current.Kind == TreeEntryKind.Link) return false;
        if (DeployedContent(target, record) is { } deployed)
        {
            return current.Kind == TreeEntryKind.Folder == (deployed.Kind == TreeEntryKind.Folder) && (deployed.HasContentOf(current) || _disk.Holds(path, deployed, cancellationToken));
        }

        // Another home or Python SkillMeat deployed it. The hash passes over some links, which would be lost.
        return ContentHash.Of(path) == record.ContentHash && (current.Kind != TreeEntryKind.Folder || !HasUnhashed(new DirectoryInfo(path)));
    }

    private TreeEntry? DeployedContent(Target target, DeploymentRecord record) =>
        KeptOf(target.Site.Folder).List.Find(target.FullPath, record.ContentHash)?.Content is { } deployed && store.Objects.Contains(deployed.Id) ? deployed : null;

    private static bool HasUnhashed(DirectoryInfo folder) => folder.EnumerateFileSystemInfos("*", new EnumerationOptions { AttributesToSkip = 0 })
        .Any(item => item.LinkTarget is not null ? Directory.Exists(item.FullName) || !LinkTarget.Exists(item.FullName) : item is DirectoryInfo below && HasUnhashed(below));

    // A recorded link into a collection of this home has nothing of its own that could be lost. A collection can itself be a link; its name in the record may be any text.
    private bool IsOurLink(string path, DeploymentRecord record) => CollectionLinks.LeadInto(path, Path.Combine(store.Home, OwnFolders.Collections))
        || CollectionLinks.LeadInto(path, store.Layout.CollectionFolder(collection))
        || (store.ListNames().Contains(record.Collection) && CollectionLinks.LeadInto(path, store.Layout.CollectionFolder(record.Collection)));

    private bool ReportServed(Target target, string path)
    {
        if (!_servedAt.TryGetValue(path, out var other)) return false;
        if (other.Artifact == target.Artifact) Report(target, DeployStatus.Unchanged, $"The copy for {other.Profile} serves {target.Profile} as well.");
        else Report(target, DeployStatus.Conflict, $"'{path}' is the place of {other.Artifact} as well, which was planned first. Deploy one of them, or rename it.");
        return true;
    }

    // The path in the collection of a link on the way to the files of an artifact, or null.
    private string? FindLink(Target target) => !_artifacts.Value.TryGetValue(target.Artifact.ToString(), out var artifact) ? null : ArtifactPath.Parents(TreePath.Normalize(artifact.Path))
        .Prepend(TreePath.Normalize(artifact.Path))
        .FirstOrDefault(place => IsLink(Path.Combine(store.Layout.CollectionFolder(collection), place.Replace('/', Path.DirectorySeparatorChar))));

    private static bool IsLink(string path) => StorageGuard.Run("read", path, () => new FileInfo(path).LinkTarget is not null);

    private (string RecordsPath, ArtifactId Artifact, string Profile, string Path) KeyOf(Target target) => (_outside.Find(target.Site, target.RecordsPath).Path, target.Artifact, target.Profile, target.Path);

    private static string Join(string? one, string other) => one is null ? other : $"{one} {other}";

    private TreeEntry StoreLink(string name, string target)
    {
        var text = Encoding.UTF8.GetBytes(target);
        using var writer = store.Objects.BeginWrite();
        var id = writer.AddBlob(text);
        writer.Commit();
        return new TreeEntry(name, TreeEntryKind.Link, id, text.Length);
    }

    private (TreeEntry Content, string Path) ReadCollection(Target target)
    {
        if (!_artifacts.Value.TryGetValue(target.Artifact.ToString(), out var artifact)) throw new SkillMeatException(ErrorIds.ArtifactNotFound, $"{target.Artifact} was removed from the collection '{collection}' meanwhile.");
        var path = TreePath.Normalize(artifact.Path);
        var full = Path.Combine(store.Layout.CollectionFolder(collection), path.Replace('/', Path.DirectorySeparatorChar));
        var found = request.DryRun
            ? _disk.Read(full, Path.GetFileName(full), cancellationToken)
            : store.Objects.Find((_stored ??= store.Objects.Store(store.Layout.CollectionFolder(collection), store.Time, cancellationToken)).Scan.Id, path);
        if (found is null) throw new SkillMeatException(ErrorIds.ArtifactInvalid, $"{target.Artifact} has no files at '{full}'. Update or restore it first.");
        return (found with { Name = Path.GetFileName(target.FullPath) }, full);
    }

    private string HashOf(TreeEntry wanted, string source)
    {
        if (_hashes.Find(wanted.Id) is { } known) return known;
        // Nothing was stored.
        if (request.DryRun) return ContentHash.Of(source);
        var files = ContentFiles.Of(store.Objects, wanted);
        var hash = files.ContentHash();
        if (files.Files.Values.All(file => file.Kind != TreeEntryKind.Link)) _hashes.Add(wanted.Id, hash);
        return hash;
    }

    // Stores the content that is replaced, so that it can be brought back, and returns a sentence that says where.
    private string Keep(Target target, string path, TreeEntry current)
    {
        if (request.DryRun) return "The earlier content is kept in the object store.";
        var stored = current.Kind == TreeEntryKind.Link ? StoreLink(current.Name, new FileInfo(path).LinkTarget ?? "") : Store(path, current);
        var hash = current.Kind == TreeEntryKind.Link ? stored.Id.ToString() : ContentFiles.Of(store.Objects, stored).ContentHash();
        Keep(target.Site.Folder, new KeptContent(target.Artifact, target.FullPath, hash, stored, _now));
        return $"The earlier content is kept in the object store as {stored.Id}.";
    }

    private void Keep(string project, KeptContent content)
    {
        KeptOf(project);
        if (!_keptNow.TryGetValue(project, out var contents)) _keptNow[project] = contents = [];
        contents.Insert(0, content);
    }

    private TreeEntry Store(string path, TreeEntry current)
    {
        if (current.Kind == TreeEntryKind.Folder) return current with { Id = store.Objects.Store(path, store.Time, cancellationToken).Scan.Id };
        using var writer = store.Objects.BeginWrite();
        using var file = RegularFile.OpenRead(path, LinkUse.Refuse);
        var id = writer.AddBlob(file, file.Length, cancellationToken);
        writer.Commit();
        return current with { Id = id };
    }

    private (DeploymentFile File, byte[]? Before, string Path, IReadOnlyList<DeploymentRecord> Original) RecordsOf(Target target)
    {
        var (_, path) = _outside.Find(target.Site, target.RecordsPath);
        if (_records.TryGetValue(path, out var known)) return known;
        _folders.Add(Path.GetDirectoryName(path)!);
        var bytes = store.Storage.ReadConsistent([path], cancellationToken)[0];
        var file = DeploymentFile.Parse(bytes, path, new LocalTime(store.Time.LocalTimeZone));
        return _records[path] = (file, bytes, path, file.All);
    }

    private RecordedPlaces PlacesOf(ProjectSite site)
    {
        if (!_places.TryGetValue(site.Folder, out var places)) _places[site.Folder] = places = new RecordedPlaces(store, site, _outside);
        return places;
    }

    private (KeptContentList List, byte[]? Before) KeptOf(string project)
    {
        if (_kept.TryGetValue(project, out var known)) return known;
        var path = KeptContentList.PathOf(store.Home, project);
        var bytes = store.Storage.ReadConsistent([path], cancellationToken)[0];
        return _kept[project] = (KeptContentList.Parse(bytes, path, project), bytes);
    }

    private void AddChange(string folder, FolderChange change)
    {
        if (!_changes.TryGetValue(folder, out var changes)) _changes[folder] = changes = [];
        changes.Add(change);
    }

    private FolderChanger ChangerOf(string folder) => new(store.Objects, store.Time, folder);

    private static void WriteIfChanged(Transaction transaction, string path, byte[]? before, byte[] after)
    {
        if (after.Length == 0 && before is not null) transaction.Delete(path, FileExpectation.Of(before));
        else if (before is null ? after.Length > 0 : !after.AsSpan().SequenceEqual(before)) transaction.Write(path, after, FileExpectation.Of(before));
    }

    // The folder is kept beside the copy.
    private void ReportKept(string kept)
    {
        var index = _results.FindIndex(one => one.Path is { } path && Path.GetFileName(kept).StartsWith(Path.GetFileName(path) + ".kept-", StringComparison.Ordinal));
        if (index < 0) return;
        var reason = $"Another program wrote to a folder while it was being replaced. Its version is kept in {kept}.";
        _results[index] = _results[index] with { Reason = _results[index].Reason is { } earlier ? $"{earlier} {reason}" : reason };
    }

    private void Report(Target target, DeployStatus status, string? reason, IReadOnlyList<string>? commands = null) => _results.Add(new DeployedArtifact(target.Artifact)
    {
        Collection = target.Collection ?? collection,
        Project = target.Site.Folder,
        IsUserScope = target.Site.User is not null,
        Profile = target.Profile,
        Path = target.HasPlace ? target.FullPath : null,
        Status = status,
        Reason = reason,
        Commands = TextValues.Of(commands ?? []),
        DryRun = request.DryRun,
    });
}
