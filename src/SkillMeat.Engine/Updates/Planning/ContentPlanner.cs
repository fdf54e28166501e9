using SkillMeat.Merging;
using SkillMeat.Objects;
using SkillMeat.Objects.Trees;

namespace SkillMeat.Updates.Planning;

/// <summary>Works out the files of one artifact after an update. What is new is added to the writer; nothing else is written.</summary>
/// <param name="writer">Where merged texts and new folders go.</param>
/// <param name="original">What was fetched; null when that is not known.</param>
/// <param name="local">What is there.</param>
/// <param name="upstream">What upstream has.</param>
internal sealed class ContentPlanner(ObjectWriter writer, ContentFiles? original, ContentFiles local, ContentFiles upstream)
{
    /// <summary>Plans by a strategy.</summary>
    /// <param name="strategy">Merge or take upstream.</param>
    /// <param name="isClean">Whether files go that exist only locally.</param>
    /// <param name="resolution">What is taken of files in conflict; null to leave them.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public PlannedContent Plan(UpdateStrategy strategy, bool isClean, ConflictResolution? resolution, CancellationToken cancellationToken)
    {
        var theirs = upstream.ToTree();
        var ours = Select(local.ToTree(), path => !isClean || IsFetched(path));
        var takesUpstream = strategy == UpdateStrategy.TakeUpstream;
        var plan = takesUpstream
            ? TreeMerge.Plan(Reverted(ours, theirs), Restored(ours, theirs), theirs, cancellationToken)
            : TreeMerge.Plan(original?.ToTree(), ours, theirs, cancellationToken);
        IReadOnlyList<FileConflict> conflicts = resolution is null ? plan.Conflicts : Resolve(ref plan, resolution, cancellationToken);
        if (conflicts.Count > 0) return new PlannedContent(local.Root, [], [.. conflicts.Select(Named)], IsMerged: false);
        var entries = plan.Files.ToDictionary(file => file.Path, file => EntryOf(file, takesUpstream), StringComparer.Ordinal);
        return new PlannedContent(Build(entries), Compare(entries), [], IsMerged: !takesUpstream && plan.Files.Any(file => IsEdited(file, entries[file.Path])));
    }

    /// <summary>Plans what somebody merged by hand. Files that exist only locally stay beside it.</summary>
    public PlannedContent PlanResolved(ContentFiles resolved, bool isClean)
    {
        var entries = resolved.Files.ToDictionary(file => file.Key, file => WithModeOf(file.Key, file.Value), StringComparer.Ordinal);
        foreach (var (path, entry) in local.Files.Where(file => !isClean && IsOnlyLocal(file.Key) && !entries.ContainsKey(file.Key))) entries[path] = entry;
        return new PlannedContent(Build(entries), Compare(entries), [], IsMerged: true);
    }

    // Where it is not known what was fetched, what upstream has counts as fetched.
    private bool IsFetched(string path) => (original ?? upstream).Files.ContainsKey(path);

    private bool IsOnlyLocal(string path) => original?.Files.ContainsKey(path) != true && !upstream.Files.ContainsKey(path);

    /// <summary>The original for taking upstream: where it is not known, what both have counts as fetched, so that upstream's replaces it.</summary>
    private ArtifactTree Reverted(ArtifactTree ours, ArtifactTree theirs) => original?.ToTree() ?? Select(ours, theirs.Has);

    /// <summary>The local files as if nobody had edited them: then all of upstream's changes come in, and only files that were not fetched can be in their way.</summary>
    private ArtifactTree Restored(ArtifactTree ours, ArtifactTree theirs)
    {
        if (original is null) return ours;
        var fetched = original.ToTree();
        var own = ours.Files.Where(file => !fetched.Has(file.Key)).ToList();
        return new ArtifactTree(fetched.Files.Concat(own), path => fetched.Has(path) ? fetched.Read(path) : ours.Read(path));
    }

    private static ArtifactTree Select(ArtifactTree tree, Predicate<string> fits) => new(tree.Files.Where(file => fits(file.Key)), tree.Read);

    private List<FileConflict> Resolve(ref MergePlan plan, ConflictResolution resolution, CancellationToken cancellationToken)
    {
        var files = plan.Files.ToDictionary(file => file.Path, StringComparer.Ordinal);
        var resolved = new List<string>();
        foreach (var conflict in plan.Conflicts)
        {
            if (ResolveLines(conflict, resolution, cancellationToken) is { } merged)
            {
                files.Remove(conflict.LocalPath!);
                files[merged.Path] = merged;
                resolved.Add(merged.Path);
            }
            else if (!resolution.TakesLocal)
            {
                if (conflict.LocalPath is { } ours) files.Remove(ours);
                if (conflict.UpstreamPath is not { } theirs) continue;
                files[theirs] = new PlannedFile(theirs, KindOf(upstream.Files[theirs]), FileSource.Upstream, theirs);
                resolved.Add(theirs);
            }
        }

        // One that is in the way of another stays a person's to choose.
        var blocked = plan.Conflicts.Where(conflict => resolved.Any(path => (conflict.UpstreamPath == path || conflict.LocalPath == path) && files.Keys.Any(other => AreInEachOthersWay(path, other)))).ToList();
        if (blocked.Count == 0) plan = new MergePlan([.. files.Values.OrderBy(file => file.Path, StringComparer.Ordinal)], []);
        return blocked;
    }

    /// <summary>Where lines are in conflict, only they are chosen; what either side changed elsewhere in the text is merged.</summary>
    private PlannedFile? ResolveLines(FileConflict conflict, ConflictResolution resolution, CancellationToken cancellationToken)
    {
        if (conflict.Kind != ConflictKind.Content || conflict.Lines.Count == 0 || conflict is not { BasePath: { } before, LocalPath: { } ours, UpstreamPath: { } theirs }) return null;
        var text = LineMerge.MergeFavoring(!resolution.TakesLocal, original!.Read(before), local.Read(ours), upstream.Read(theirs), cancellationToken);
        // Renamed by one side, it has that name.
        return new PlannedFile(theirs == before ? ours : theirs, KindOf(local.Files[ours]), FileSource.Merged, ours, text);
    }

    private static bool AreInEachOthersWay(string one, string other) =>
        one != other && (one.Equals(other, StringComparison.OrdinalIgnoreCase)
            || one.StartsWith(other + "/", StringComparison.OrdinalIgnoreCase) || other.StartsWith(one + "/", StringComparison.OrdinalIgnoreCase));

    private static FileKind KindOf(TreeEntry entry) => entry.Kind switch
    {
        TreeEntryKind.Link => FileKind.Link,
        TreeEntryKind.Executable => FileKind.Executable,
        _ => FileKind.File,
    };

    // A local edit that upstream doesn't have and that is no file of its own.
    private bool IsEdited(PlannedFile file, TreeEntry after) =>
        (file.Source == FileSource.Merged || (file.Source == FileSource.Local && !IsOnlyLocal(file.Path) && local.Files.ContainsKey(file.SourcePath)))
        && !(upstream.Files.TryGetValue(file.Path, out var theirs) && theirs.Id == after.Id);

    private TreeEntry EntryOf(PlannedFile file, bool takesUpstream)
    {
        var source = file.Source switch
        {
            FileSource.Upstream => upstream.Files[file.SourcePath],
            // Where upstream is taken, the local files are as if nobody had edited them.
            FileSource.Local => takesUpstream && original is not null && original.Files.TryGetValue(file.SourcePath, out var fetched) ? fetched : local.Files[file.SourcePath],
            _ => new TreeEntry("", TreeEntryKind.File, writer.AddBlob(file.Text.Span), file.Text.Length) { Mode = local.Files[file.SourcePath].Mode },
        };
        var kind = file.Kind switch { FileKind.Link => TreeEntryKind.Link, FileKind.Executable => TreeEntryKind.Executable, _ => TreeEntryKind.File };
        return WithModeOf(file.Path, source with { Kind = kind });
    }

    /// <summary>With the permissions that the file has locally, save that it is executable or not as the entry says.</summary>
    private TreeEntry WithModeOf(string path, TreeEntry entry)
    {
        if (entry.Kind == TreeEntryKind.Link) return entry with { Mode = 0 };
        var mode = local.Files.TryGetValue(path, out var ours) && ours.Mode != 0 ? ours.Mode : entry.Mode;
        if (mode == 0) return entry;
        // Whoever may read it may run it, as the system's own default has it.
        return entry with { Mode = entry.Kind == TreeEntryKind.Executable ? mode | ((mode & 0x124) >> 2) : mode & ~0x49 };
    }

    private TreeEntry? Build(Dictionary<string, TreeEntry> entries)
    {
        if (!local.IsFolder) return entries.TryGetValue(ContentFiles.OnlyFile, out var only) ? only with { Name = local.Root.Name } : null;
        var tree = new TreeBuilder();
        foreach (var (path, folder) in local.Folders.Where(folder => Stays(folder.Key, entries))) tree.AddFolder(path, folder.Mode);
        foreach (var (path, entry) in entries) tree.Add(path, entry.Kind, entry.Id, entry.Size, entry.Mode);
        var (id, size) = tree.Build(writer);
        return local.Root with { Id = id, Size = size };
    }

    // A folder stays for what is in it, or if it was empty before and nothing else takes its place.
    private bool Stays(string folder, Dictionary<string, TreeEntry> entries) =>
        entries.Keys.Any(path => path.StartsWith(folder + "/", StringComparison.Ordinal))
        || (!local.Files.Keys.Any(path => path.StartsWith(folder + "/", StringComparison.Ordinal)) && !entries.Keys.Any(path => path == folder || folder.StartsWith(path + "/", StringComparison.Ordinal)));

    private List<FileUpdate> Compare(Dictionary<string, TreeEntry> entries)
    {
        var updates = new List<FileUpdate>();
        foreach (var (path, entry) in entries)
        {
            if (!local.Files.TryGetValue(path, out var before)) updates.Add(new FileUpdate(Named(path), FileUpdateKind.Added));
            else if (before.Id != entry.Id || before.Kind != entry.Kind) updates.Add(new FileUpdate(Named(path), FileUpdateKind.Changed));
        }

        updates.AddRange(local.Files.Keys.Where(path => !entries.ContainsKey(path)).Select(path => new FileUpdate(Named(path), FileUpdateKind.Deleted)));
        return [.. updates.OrderBy(update => update.Path, StringComparer.Ordinal)];
    }

    // A person knows the only file of an artifact by its name.
    private FileConflict Named(FileConflict conflict) => local.IsFolder ? conflict : conflict with
    {
        Path = Named(conflict.Path),
        BasePath = conflict.BasePath is { } fetched ? Named(fetched) : null,
        LocalPath = conflict.LocalPath is { } ours ? Named(ours) : null,
        UpstreamPath = conflict.UpstreamPath is { } theirs ? Named(theirs) : null,
    };

    private string Named(string path) => local.IsFolder ? path : local.Root.Name;
}
