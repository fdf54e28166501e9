using SkillMeat.Collections;
using SkillMeat.Objects.Scanning;
using SkillMeat.Objects.Trees;
using SkillMeat.Projects.Activation;
using SkillMeat.Projects.Deploying;
using SkillMeat.Projects.Records;
using SkillMeat.Storage.Files;

namespace SkillMeat.Projects.Drift;

/// <summary>The comparison of one project. Not thread-safe.</summary>
internal sealed class SiteDrift(CollectionStore store, ProjectSite site, CollectionContents contents, ContentHashCache hashes, ProjectMemory memory, bool isFull, CancellationToken cancellationToken)
{
    private readonly Dictionary<string, ScannedFolder> _containers = new(PathEquality.Comparer);
    private readonly RealPaths _real = new();
    private readonly OutsideFolders _outside = new(store.Home);
    private readonly SettingsPlan _settings = new(store, new OutsideFolders(store.Home), memory, cancellationToken);

    /// <summary>The records that could not be read, after <see cref="Check"/>.</summary>
    public IReadOnlyList<BadRecord> Bad { get; private set; } = [];

    /// <summary>Compares the artifacts that a filter includes.</summary>
    /// <exception cref="Errors.DataFileException">The records cannot be read.</exception>
    /// <exception cref="Errors.StorageException">A file cannot be read.</exception>
    /// <exception cref="Errors.SkillMeatException"><see cref="Errors.ErrorIds.InvalidArgument"/>: a link leads out of the project or into the home.</exception>
    public IReadOnlyList<ArtifactDrift> Check(DriftFilter filter)
    {
        var (records, bad) = new ProjectRecords(site, store).ReadWithBad();
        Bad = [.. bad.Select(one => one.Record).Where(filter.Includes)];
        var recorded = records.Select(one => (one.Root, one.Record.Path)).Concat(bad.Where(one => one.Record.Path is not null).Select(one => (one.Root, one.Record.Path!)))
            .Select(one => RealPath(site.FullPath(one.Root, one.Item2))).ToHashSet(PathEquality.Comparer);
        return
        [
            .. records.Where(one => filter.Includes(one.Record.Artifact, one.Record.Profile, one.Record.Collection)).Select(one => Compare(one.Root, one.Record)),
            .. filter.Scope is null ? FindAdded(filter, recorded) : [],
        ];
    }

    private ArtifactDrift Compare(string root, DeploymentRecord record)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var path = site.FullPath(root, record.Path);
        // Refuses a folder that a link leads out of the project. Everything in it would be read.
        _outside.Find(site, path);
        var container = Container(Path.GetDirectoryName(path)!);
        var name = Path.GetFileName(path);
        // In the middle of a rename of the collection, links to it wait beside their places.
        var place = store.Storage.Locate(path) ?? path;
        var found = container.Find(place == path ? name : Path.GetFileName(place));
        var inCollection = contents.Find(record.Collection, record.Artifact);
        var original = inCollection is { } one ? one.Folder.Find(one.Path) : null;
        var collectionHash = original is { } entry ? inCollection!.Value.Folder.HashOf(inCollection.Value.Path, entry, hashes) : null;
        var isLink = found is { Stamp.Type: FileType.Link } && IsLinkToCollection(place, record, inCollection?.Artifact);
        var projectHash = isLink ? collectionHash : found is { } copy && UnrecordedFinder.HasContent(path, copy) ? HashOf(container, path, copy) : null;
        var ofFiles = !isLink ? DriftStates.Of(record.ContentHash, collectionHash, projectHash) : inCollection is null ? DriftState.Orphaned : collectionHash is null ? DriftState.Removed : DriftState.InSync;
        // The collection lists it, but has lost its files.
        var isLast = inCollection is not null && original is null;
        var settings = FindChangedSettings(root, record);
        var state = settings.Count > 0 ? DriftStates.WithChangedSettings(ofFiles) : ofFiles;
        var differs = ofFiles is DriftState.Modified or DriftState.Outdated or DriftState.Conflict && found is not null && original is not null;
        return new ArtifactDrift(record.Artifact)
        {
            Project = site.Folder,
            IsUserScope = site.User is not null,
            Profile = record.Profile,
            Path = path,
            Collection = record.Collection.Length == 0 ? null : record.Collection,
            State = state,
            ChangeOrigin = DriftStates.OriginOf(state),
            BaseHash = record.ContentHash,
            CollectionHash = collectionHash,
            ProjectHash = projectHash,
            FirstSeen = record.ModifiedSince,
            DeployedAt = record.DeployedAt,
            TagsImportedAt = inCollection?.Artifact.TagsImportedAt,
            IsLink = isLink,
            ChangedFiles = TextValues.Of([.. differs ? ChangedFiles(container, name, found!.Value, inCollection!.Value.Folder, inCollection.Value.Path, original!.Value) : [], .. settings]),
            ChangedFields = differs ? ChangedFields(record.Artifact.Type, path, Path.Combine(store.Layout.CollectionFolder(record.Collection), inCollection!.Value.Artifact.Path)) : [],
            Recommendation = state != ofFiles ? DriftStates.RecommendationForSettings(ofFiles) : DriftStates.RecommendationFor(state, !isLink && projectHash is not null && (projectHash != record.ContentHash || isLast), isLink),
        };
    }

    private bool IsLinkToCollection(string path, DeploymentRecord record, Artifact? artifact)
    {
        if (ArtifactId.DescribeBadName(record.Collection) is not null) return false;
        var folder = store.Layout.CollectionFolder(record.Collection);
        return artifact is null ? CollectionLinks.LeadInto(path, folder) : CollectionLinks.LeadTo(path, Path.Combine(folder, TreePath.Normalize(artifact.Path).Replace('/', Path.DirectorySeparatorChar)));
    }

    // A link to a folder elsewhere stands for itself: it can lead to a whole disk.
    private string HashOf(ScannedFolder container, string path, RememberedEntry entry) =>
        entry.Stamp.Type == FileType.Link && site.User is null && Directory.Exists(path) && !PathEquality.IsIn(site.Folder, LinkTarget.RealFolder(path))
            ? entry.Id.ToString()
            : container.HashOf(Path.GetFileName(path), entry, hashes);

    // As paths in the project.
    private IReadOnlyList<string> FindChangedSettings(string root, DeploymentRecord record) =>
    [
        .. _settings.FindChanged(new Target(record.Artifact, site, record.Profile, root, record.Path))
            .Select(file => PathEquality.IsIn(site.Folder, file) ? Path.GetRelativePath(site.Folder, file).Replace(Path.DirectorySeparatorChar, '/') : file),
    ];

    // Artifacts that agents would read, but no record names.
    private IEnumerable<ArtifactDrift> FindAdded(DriftFilter filter, HashSet<string> recorded) =>
        new UnrecordedFinder(site, _outside, _real, folder => Container(folder).Entries).Find(profile => filter.IncludesProfile(profile.Id), recorded)
            .Where(added => ArtifactId.DescribeBadName(added.Name) is null && filter.Includes(new ArtifactId(added.Type, added.Name)))
            .Select(added => new ArtifactDrift(new ArtifactId(added.Type, added.Name))
            {
                Project = site.Folder,
                IsUserScope = site.User is not null,
                Profile = added.Profile.Id,
                Path = added.Path,
                State = DriftState.Added,
                ChangeOrigin = DriftStates.OriginOf(DriftState.Added),
                ProjectHash = HashOf(Container(Path.GetDirectoryName(added.Path)!), added.Path, added.Entry),
                Recommendation = DriftStates.RecommendationFor(DriftState.Added, isEdited: true),
            });

    // Without links in its folder.
    private string RealPath(string path) => _real.Of(path);

    private ScannedFolder Container(string folder)
    {
        if (!_containers.TryGetValue(folder, out var scanned)) _containers[folder] = scanned = ScannedFolder.Of(folder, store.Objects, store.Time, isFull, cancellationToken);
        return scanned;
    }

    private static TextValues ChangedFiles(ScannedFolder project, string name, RememberedEntry copy, ScannedFolder collection, string path, RememberedEntry original)
    {
        if (copy.Stamp.Type != FileType.Folder || original.Stamp.Type != FileType.Folder) return TextValues.Of(["."]);
        var (theirs, ours) = (project.FilesIn(name), collection.FilesIn(path));
        return TextValues.Of(theirs.Keys.Union(ours.Keys).Where(file => !theirs.TryGetValue(file, out var one) || !ours.TryGetValue(file, out var other) || one != other).Order(StringComparer.Ordinal));
    }

    private static ItemList<ChangedField> ChangedFields(ArtifactType type, string copy, string original)
    {
        var (before, after) = (FrontMatterFields.Read(type, original), FrontMatterFields.Read(type, copy));
        return
        [
            .. before.Keys.Union(after.Keys).Where(field => before.GetValueOrDefault(field) != after.GetValueOrDefault(field))
                .Select(field => new ChangedField(field, before.GetValueOrDefault(field), after.GetValueOrDefault(field))),
        ];
    }
}
