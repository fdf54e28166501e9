using System.Diagnostics.CodeAnalysis;
using SkillMeat.Errors;
using SkillMeat.Merging;
using SkillMeat.Objects;
using SkillMeat.Objects.Trees;

namespace SkillMeat.Updates.Planning;

/// <summary>Plans the files of one artifact after an update. New content is added to the writer; nothing else is written.</summary>
/// <param name="objects">The store to read contents from.</param>
/// <param name="writer">The writer of merged texts and new folders.</param>
/// <param name="baseFiles">The files that were fetched; null if they are not known.</param>
/// <param name="local">The files as they are now.</param>
/// <param name="upstream">The files that upstream has now.</param>
internal sealed class ContentPlanner(ObjectStore objects, ObjectWriter writer, ContentFiles? baseFiles, ContentFiles local, ContentFiles upstream)
{
    /// <summary>Plans by a strategy.</summary>
    /// <param name="strategy">Merge or take upstream; before a person has chosen, merge.</param>
    /// <param name="isClean">Whether to delete files that exist only locally.</param>
    /// <param name="resolution">The side to take for files in conflict; null to leave them.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public PlannedContent Plan(UpdateStrategy strategy, bool isClean, ConflictResolution? resolution, CancellationToken cancellationToken)
    {
        var kept = isClean ? local.Files.Where(file => IsFetched(file.Key)).ToDictionary() : local.Files;
        var input = new MergeInput(baseFiles?.Files, kept, upstream.Files, objects.ReadBlob);
        var plan = strategy switch
        {
            UpdateStrategy.TakeUpstream => UpstreamTake.Plan(input, cancellationToken),
            UpdateStrategy.Merge or UpdateStrategy.Prompt => TreeMerge.Plan(input, cancellationToken),
            _ => throw new ArgumentOutOfRangeException(nameof(strategy), strategy, "The strategy brings no files from upstream."),
        };
        IReadOnlyList<FileConflict> conflicts = resolution is null ? plan.Conflicts : Resolve(ref plan, resolution, cancellationToken);
        if (conflicts.Count > 0) return new PlannedContent(local.Root, [], [.. conflicts.Select(Named)], IsMerged: false);
        var entries = plan.Files.ToDictionary(file => file.Path, EntryOf, StringComparer.Ordinal);
        return new PlannedContent(Build(entries), Compare(entries), [], IsMerged: strategy != UpdateStrategy.TakeUpstream && plan.Files.Any(file => IsEdited(file, entries[file.Path])));
    }

    /// <summary>Plans a merge that was made by hand. Files that exist only locally stay beside it.</summary>
    public PlannedContent PlanResolved(ContentFiles resolved, bool isClean)
    {
        var entries = resolved.Files.ToDictionary(file => file.Key, file => WithModeOf(file.Key, file.Value), StringComparer.Ordinal);
        foreach (var (path, entry) in local.Files.Where(file => !isClean && IsOnlyLocal(file.Key) && !entries.ContainsKey(file.Key))) entries[path] = entry;
        return new PlannedContent(Build(entries), Compare(entries), [], IsMerged: true);
    }

    // If the base is not known, upstream's files count as fetched.
    private bool IsFetched(string path) => (baseFiles ?? upstream).Files.ContainsKey(path);

    private bool IsOnlyLocal(string path) => baseFiles?.Files.ContainsKey(path) != true && !upstream.Files.ContainsKey(path);

    private List<FileConflict> Resolve(ref MergePlan plan, ConflictResolution resolution, CancellationToken cancellationToken)
    {
        var files = plan.Files.ToDictionary(file => file.Path, StringComparer.Ordinal);
        var resolved = new List<(FileConflict Conflict, string Path)>();
        var open = new List<FileConflict>();
        if (resolution.Files is { } byHand) CheckAll(byHand, plan.Conflicts);
        foreach (var conflict in plan.Conflicts)
        {
            if (resolution.Files is not null)
            {
                if (ResolveByHand(conflict, resolution.Files) is not { } choice)
                {
                    open.Add(resolution.Files.ContainsKey(Named(conflict.Path)) ? conflict with { Reason = $"It was changed since it was resolved. {conflict.Reason}" } : conflict);
                    continue;
                }

                if (conflict.LocalPath is { } replaced) files.Remove(replaced);
                if (choice.File is not { } chosen) continue;
                files[chosen.Path] = chosen;
                resolved.Add((conflict, chosen.Path));
            }
            else if (ResolveLines(conflict, resolution, cancellationToken) is { } merged)
            {
                files.Remove(conflict.LocalPath!);
                files[merged.Path] = merged;
                resolved.Add((conflict, merged.Path));
            }
            else if (!resolution.TakesLocal)
            {
                if (conflict.LocalPath is { } localPath) files.Remove(localPath);
                foreach (var path in upstream.Files.Keys.Where(path => path == conflict.UpstreamPath || (IsHeldBack(path, conflict) && !files.ContainsKey(path))))
                {
                    files[path] = new PlannedFile(path, upstream.Files[path].Kind, FileSource.Upstream, path);
                    resolved.Add((conflict, path));
                }
            }
        }

        // A file that is in the way of another one is still a person's choice.
        var blocked = open.Concat(resolved.Where(one => files.Keys.Any(other => AreInEachOthersWay(one.Path, other))).Select(one => one.Conflict)).Distinct().ToList();
        if (blocked.Count == 0) plan = new MergePlan([.. files.Values.OrderBy(file => file.Path, StringComparer.Ordinal)], []);
        return blocked;
    }

    // Edits of a person must not be dropped silently.
    private void CheckAll(IReadOnlyDictionary<string, ResolvedFile> resolved, IReadOnlyList<FileConflict> conflicts)
    {
        if (resolved.Keys.FirstOrDefault(path => !conflicts.Any(conflict => Named(conflict.Path) == path)) is not { } unknown) return;
        throw new SkillMeatException(ErrorIds.InvalidArgument, $"'{unknown}' is not in conflict, or not any more, so nothing was changed. Look at the conflicts again.");
    }

    /// <summary>Returns a file as a person resolved it, without a file if it is left out, or null if he did not, or saw other contents.</summary>
    private (PlannedFile? File, bool IsResolved)? ResolveByHand(FileConflict conflict, IReadOnlyDictionary<string, ResolvedFile> resolved)
    {
        if (!resolved.TryGetValue(Named(conflict.Path), out var file) || file.State != ConflictState.Of(conflict, baseFiles, local, upstream)) return null;
        if (file.Content is not { } content) return (null, true);
        var before = conflict.LocalPath is { } localPath ? local.Files[localPath] : null;
        var kind = before ?? (conflict.UpstreamPath is { } upstreamPath ? upstream.Files.GetValueOrDefault(upstreamPath) : null);
        // If only upstream renamed the file, it has the new name.
        var isRenamed = conflict is { BasePath: not null, UpstreamPath: not null } && conflict.BasePath == conflict.LocalPath;
        var path = isRenamed ? conflict.UpstreamPath! : conflict.LocalPath ?? conflict.UpstreamPath ?? conflict.Path;
        return (new PlannedFile(path, kind?.Kind == TreeEntryKind.Executable ? TreeEntryKind.Executable : TreeEntryKind.File, FileSource.Merged, conflict.LocalPath ?? path, WithEndingsOf(before, content)), true);
    }

    // Browsers and other editors write line feeds only, which must not change every line of the file.
    private ReadOnlyMemory<byte> WithEndingsOf(TreeEntry? before, ReadOnlyMemory<byte> content) => before is { IsLink: false } && content.Span.IndexOf("\r\n"u8) < 0 && MergeableText.IsText(content.Span)
        ? LineEndings.ConvertLike(content.Span, objects.ReadBlob(before.Id))
        : content;

    /// <summary>Merges a text with conflicts so that one side's lines are taken only where the lines are in conflict.</summary>
    private PlannedFile? ResolveLines(FileConflict conflict, ConflictResolution resolution, CancellationToken cancellationToken)
    {
        if (conflict.Kind != ConflictKind.Content || conflict.Lines.Count == 0 || conflict is not { BasePath: { } basePath, LocalPath: { } localPath, UpstreamPath: { } upstreamPath }) return null;
        var localFile = local.Files[localPath];
        var text = ContentMerge.MergeFavoring(
            !resolution.TakesLocal, objects.ReadBlob(baseFiles!.Files[basePath].Id), objects.ReadBlob(localFile.Id), objects.ReadBlob(upstream.Files[upstreamPath].Id), cancellationToken);
        // If one side renamed the file, it has the new name.
        return new PlannedFile(upstreamPath == basePath ? localPath : upstreamPath, localFile.Kind, FileSource.Merged, localPath, text);
    }

    // A collision names one of upstream's files, but all files of the folder may be held back by it.
    private static bool IsHeldBack(string path, FileConflict conflict) =>
        conflict is { Kind: ConflictKind.FileFolder or ConflictKind.CaseCollision, LocalPath: { } localPath } && AreInEachOthersWay(path, localPath);

    private static bool AreInEachOthersWay(string one, string other) =>
        one != other && (one.Equals(other, StringComparison.OrdinalIgnoreCase)
            || one.StartsWith(other + "/", StringComparison.OrdinalIgnoreCase) || other.StartsWith(one + "/", StringComparison.OrdinalIgnoreCase));

    /// <summary>Whether a file that both sides know keeps a local edit that upstream does not have.</summary>
    private bool IsEdited(PlannedFile file, TreeEntry after) =>
        (file.Source == FileSource.Merged || (file.Source == FileSource.Local && !IsOnlyLocal(file.Path)))
        && !(upstream.Files.TryGetValue(file.Path, out var upstreamFile) && upstreamFile.Id == after.Id);

    private TreeEntry EntryOf(PlannedFile file) => WithModeOf(file.Path, file.Source switch
    {
        FileSource.Upstream => upstream.Files[file.SourcePath] with { Kind = file.Kind },
        FileSource.Local => local.Files[file.SourcePath] with { Kind = file.Kind },
        _ => new TreeEntry("", file.Kind, writer.AddBlob(file.Text.Span), file.Text.Length) { Mode = local.Files.GetValueOrDefault(file.SourcePath)?.Mode ?? 0 },
    });

    /// <summary>Gives an entry the permissions that the file has locally, except that the entry's kind decides whether it is executable.</summary>
    private TreeEntry WithModeOf(string path, TreeEntry entry)
    {
        if (entry.IsLink) return entry with { Mode = 0 };
        var mode = local.Files.TryGetValue(path, out var before) && before.Mode != 0 ? before.Mode : entry.Mode;
        if (mode == 0) return entry;
        // Everybody who may read the file may run it, as by the default of the system.
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

    // A folder stays for the files in it, or if it was empty before and no file takes its place.
    private bool Stays(string folder, Dictionary<string, TreeEntry> entries) =>
        entries.Keys.Any(path => path.StartsWith(folder + "/", StringComparison.Ordinal))
        || (!local.Files.Keys.Any(path => path.StartsWith(folder + "/", StringComparison.Ordinal)) && !entries.Keys.Any(path => path == folder || folder.StartsWith(path + "/", StringComparison.Ordinal)));

    private List<FileUpdate> Compare(Dictionary<string, TreeEntry> entries)
    {
        var updates = new List<FileUpdate>();
        foreach (var (path, entry) in entries)
        {
            if (!local.Files.TryGetValue(path, out var before)) updates.Add(new FileUpdate(Named(path), FileUpdateKind.Added));
            else if (!before.IsSameAs(entry)) updates.Add(new FileUpdate(Named(path), FileUpdateKind.Changed));
        }

        updates.AddRange(local.Files.Keys.Where(path => !entries.ContainsKey(path)).Select(path => new FileUpdate(Named(path), FileUpdateKind.Deleted)));
        return [.. updates.OrderBy(update => update.Path, StringComparer.Ordinal)];
    }

    // A person knows the file of an artifact of one file by its name.
    private FileConflict Named(FileConflict conflict) => local.IsFolder ? conflict : conflict with
    {
        Path = Named(conflict.Path),
        BasePath = Named(conflict.BasePath),
        LocalPath = Named(conflict.LocalPath),
        UpstreamPath = Named(conflict.UpstreamPath),
    };

    [return: NotNullIfNotNull(nameof(path))]
    private string? Named(string? path) => local.IsFolder || path is null ? path : local.Root.Name;
}
