namespace SkillMeat.Merging;

/// <summary>Decides about one file, without regard to the others.</summary>
internal sealed class FileMerge(ArtifactTree? original, ArtifactTree local, ArtifactTree upstream, CancellationToken cancellationToken)
{
    public FileDecision Decide(FileTrack track)
    {
        var (was, ours, theirs) = (original?.Find(track.Base), local.Find(track.Local), upstream.Find(track.Upstream));
        if (ours is null && theirs is null) return new FileDecision(track, null);
        if (was is null) return DecideAdded(track, ours, theirs);
        if (ours is null) return DecideDeleted(track, theirs! != was || track.IsRenamedUpstream, "here", WhatHappened(track, track.IsRenamedUpstream, "upstream"));
        if (theirs is null) return DecideDeleted(track, ours != was || track.IsRenamedLocally, "upstream", WhatHappened(track, track.IsRenamedLocally, "here"));
        if (track.IsRenamedLocally && track.IsRenamedUpstream && track.Local != track.Upstream)
            return Keep(track, track.Conflict(ConflictKind.RenameRename, $"'{track.Base}' was renamed here to '{track.Local}' and upstream to '{track.Upstream}'."));
        return DecideChanged(track, was, ours, theirs);
    }

    /// <summary>Leaves the file as it is locally.</summary>
    public FileDecision Keep(FileTrack track, FileConflict? conflict = null) =>
        new(track, local.Find(track.Local) is { } file ? PlannedFile.Unchanged(track.Local!, file.Kind) : null, conflict);

    private FileDecision DecideAdded(FileTrack track, TreeFile? ours, TreeFile? theirs)
    {
        if (theirs is null || ours == theirs) return Keep(track);
        if (ours is null) return new FileDecision(track, new PlannedFile(track.Target, theirs.Kind, FileSource.Upstream, track.Upstream!));
        if (ours.IsLink != theirs.IsLink) return Keep(track, track.Conflict(ConflictKind.Mode, LinkAndFile(ours)));
        if (ours.HasContentOf(theirs)) return Keep(track, track.Conflict(ConflictKind.Mode, $"It is executable {(ours.Kind == FileKind.Executable ? "here" : "upstream")} only."));

        var merge = ours.IsLink ? ContentMergeResult.Of(ContentOutcome.Conflict) : MergeContents(null, track, ours, theirs);
        if (original is null) return Keep(track, track.Conflict(ConflictKind.UnknownBase, "It differs from upstream's, and what it was before is not known.", merge.Lines));
        return merge.IsClean && ours.Kind == theirs.Kind
            ? new FileDecision(track, Result(track, ours.Kind, merge))
            : Keep(track, track.Conflict(ConflictKind.AddAdd, "Both sides added a file of that name, and they differ.", merge.Lines));
    }

    private FileDecision DecideDeleted(FileTrack track, bool isTouched, string deletedWhere, string whatHappened) => isTouched
        ? Keep(track, track.Conflict(ConflictKind.DeleteModify, $"It was deleted {deletedWhere} and {whatHappened}."))
        : new FileDecision(track, null);

    private FileDecision DecideChanged(FileTrack track, TreeFile was, TreeFile ours, TreeFile theirs)
    {
        if (was.IsLink || ours.IsLink || theirs.IsLink) return DecideLink(track, was, ours, theirs);

        // There are two kinds of files: where both sides have another one than before, it is the same.
        var kind = ours.Kind == was.Kind ? theirs.Kind : ours.Kind;
        var merge = MergeContents(was, track, ours, theirs);
        return merge.Outcome switch
        {
            ContentOutcome.Conflict => Keep(track, track.Conflict(ConflictKind.Content, $"Both sides changed the text {Places(merge.Lines)}.", merge.Lines)),
            ContentOutcome.Binary => Keep(track, track.Conflict(ConflictKind.Binary, "Both sides changed it, and it is not text.")),
            ContentOutcome.TooLarge => Keep(track, track.Conflict(ConflictKind.Binary, "Both sides changed it, and it is too large to merge by line.")),
            _ => new FileDecision(track, Result(track, kind, merge)),
        };
    }

    private FileDecision DecideLink(FileTrack track, TreeFile was, TreeFile ours, TreeFile theirs)
    {
        if (theirs == was || ours == theirs) return new FileDecision(track, Result(track, ours.Kind, ContentMergeResult.Of(ContentOutcome.Local)));
        if (ours == was) return new FileDecision(track, Result(track, theirs.Kind, ContentMergeResult.Of(ContentOutcome.Upstream)));
        if (ours.IsLink != theirs.IsLink) return Keep(track, track.Conflict(ConflictKind.Mode, LinkAndFile(ours)));
        var what = ours.IsLink ? "Both sides made the link point elsewhere" : "Both sides replaced the link by a file";
        return Keep(track, track.Conflict(ConflictKind.Content, $"{what}, and not in the same way."));
    }

    private ContentMergeResult MergeContents(TreeFile? was, FileTrack track, TreeFile ours, TreeFile theirs)
    {
        if (ours.HasContentOf(theirs) || (was is not null && theirs.HasContentOf(was))) return ContentMergeResult.Of(ContentOutcome.Local);
        if (was is not null && ours.HasContentOf(was)) return ContentMergeResult.Of(ContentOutcome.Upstream);
        if (Math.Max(was?.Size ?? 0, Math.Max(ours.Size, theirs.Size)) > MergeableText.MostBytes) return ContentMergeResult.Of(ContentOutcome.TooLarge);
        var before = was is null ? default : original!.Read(track.Base!);
        return ContentMerge.Merge(before, local.Read(track.Local!), upstream.Read(track.Upstream!), cancellationToken);
    }

    private static PlannedFile Result(FileTrack track, FileKind kind, ContentMergeResult merge) => merge.Outcome switch
    {
        ContentOutcome.Local => new PlannedFile(track.Target, kind, FileSource.Local, track.Local!),
        ContentOutcome.Upstream => new PlannedFile(track.Target, kind, FileSource.Upstream, track.Upstream!),
        _ => new PlannedFile(track.Target, kind, FileSource.Merged, track.Local!, merge.Text),
    };

    private static string WhatHappened(FileTrack track, bool isRenamed, string where) => isRenamed ? $"renamed {where} to '{track.Target}'" : $"changed {where}";

    private static string LinkAndFile(TreeFile ours) => ours.IsLink ? "It is a link here and a file upstream." : "It is a file here and a link upstream.";

    private static string Places(IReadOnlyList<LineConflict> lines)
    {
        var first = lines[0].Local;
        var others = lines.Count switch { 1 => "", 2 => " and in one more place", _ => $" and in {lines.Count - 1} more places" };
        return $"{(first.IsEmpty ? "" : "in ")}{first}{others}";
    }
}
