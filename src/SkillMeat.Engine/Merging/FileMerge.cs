using SkillMeat.Objects.Trees;

namespace SkillMeat.Merging;

/// <summary>Decides about one file, without regard to the others.</summary>
internal sealed class FileMerge(MergeInput input, CancellationToken cancellationToken)
{
    public FileDecision Decide(FileTrack track)
    {
        var (baseEntry, local, upstream) = (Find(input.Base, track.Base), Find(input.Local, track.Local), Find(input.Upstream, track.Upstream));
        if (local is null && upstream is null) return new FileDecision(track, null);
        if (baseEntry is null) return DecideAdded(track, local, upstream);
        if (local is null) return DecideDeleted(track, IsEdited(baseEntry, upstream!) || track.IsRenamedUpstream, "here", DescribeEdit(track, track.IsRenamedUpstream, "upstream"));
        if (upstream is null) return DecideDeleted(track, IsEdited(baseEntry, local) || track.IsRenamedLocally, "upstream", DescribeEdit(track, track.IsRenamedLocally, "here"));
        if (track.IsRenamedLocally && track.IsRenamedUpstream && track.Local != track.Upstream)
            return Conflict(track, ConflictKind.RenameRename, $"'{track.Base}' was renamed here to '{track.Local}' and upstream to '{track.Upstream}'.");
        return DecideChanged(track, baseEntry, local, upstream);
    }

    // A file that differs only in its line endings was not edited.
    private bool IsEdited(TreeEntry baseEntry, TreeEntry side) =>
        !side.IsSameAs(baseEntry)
        && !(side.Kind == baseEntry.Kind && !side.IsLink && Math.Max(side.Size, baseEntry.Size) <= MergeableText.MostBytes && LineEndings.AreAllThatDiffers(input.Read(baseEntry.Id), input.Read(side.Id)));

    private static TreeEntry? Find(IReadOnlyDictionary<string, TreeEntry>? files, string? path) => path is null ? null : files?.GetValueOrDefault(path);

    private FileDecision DecideAdded(FileTrack track, TreeEntry? local, TreeEntry? upstream)
    {
        if (upstream is null || local?.IsSameAs(upstream) == true) return FileDecision.Keep(track, input);
        if (local is null) return new FileDecision(track, new PlannedFile(track.Target, upstream.Kind, FileSource.Upstream, track.Upstream!));
        if (local.IsLink != upstream.IsLink) return Conflict(track, ConflictKind.Mode, LinkAndFile(local));
        if (local.HasContentOf(upstream)) return Conflict(track, ConflictKind.Mode, $"It is executable {(local.Kind == TreeEntryKind.Executable ? "here" : "upstream")} only.");

        var merge = local.IsLink ? ContentMergeResult.Of(ContentOutcome.Conflict) : MergeContents(null, local, upstream);
        if (input.Base is null) return Conflict(track, ConflictKind.UnknownBase, "It differs from upstream's, and the content that both came from is not known.", merge.Lines);
        return merge.IsClean && local.Kind == upstream.Kind
            ? new FileDecision(track, Result(track, local.Kind, merge))
            : Conflict(track, ConflictKind.AddAdd, "Both sides added a file of that name, and they differ.", merge.Lines);
    }

    private FileDecision DecideDeleted(FileTrack track, bool isEdited, string deletedWhere, string edit) => isEdited
        ? Conflict(track, ConflictKind.DeleteModify, $"It was deleted {deletedWhere} and {edit}.")
        : new FileDecision(track, null);

    private FileDecision DecideChanged(FileTrack track, TreeEntry baseEntry, TreeEntry local, TreeEntry upstream)
    {
        if (baseEntry.IsLink || local.IsLink || upstream.IsLink) return DecideLink(track, baseEntry, local, upstream);

        // There are two kinds of files, so if both sides changed the kind, they agree.
        var kind = local.Kind == baseEntry.Kind ? upstream.Kind : local.Kind;
        var merge = MergeContents(baseEntry, local, upstream);
        return merge.Outcome switch
        {
            ContentOutcome.Conflict => Conflict(track, ConflictKind.Content, $"Both sides changed the text {Places(merge.Lines)}.", merge.Lines),
            ContentOutcome.Binary => Conflict(track, ConflictKind.Binary, "Both sides changed it, and it is not text."),
            ContentOutcome.TooLarge => Conflict(track, ConflictKind.Binary, "Both sides changed it, and it is too large to merge by line."),
            _ => new FileDecision(track, Result(track, kind, merge)),
        };
    }

    private FileDecision DecideLink(FileTrack track, TreeEntry baseEntry, TreeEntry local, TreeEntry upstream)
    {
        if (upstream.IsSameAs(baseEntry) || local.IsSameAs(upstream)) return new FileDecision(track, Result(track, local.Kind, ContentMergeResult.Of(ContentOutcome.Local)));
        if (local.IsSameAs(baseEntry)) return new FileDecision(track, Result(track, upstream.Kind, ContentMergeResult.Of(ContentOutcome.Upstream)));
        if (local.IsLink != upstream.IsLink) return Conflict(track, ConflictKind.Mode, LinkAndFile(local));
        var change = local.IsLink ? "Both sides made the link point elsewhere" : "Both sides replaced the link by a file";
        return Conflict(track, ConflictKind.Content, $"{change}, and not in the same way.");
    }

    private ContentMergeResult MergeContents(TreeEntry? baseEntry, TreeEntry local, TreeEntry upstream)
    {
        if (local.HasContentOf(upstream) || (baseEntry is not null && upstream.HasContentOf(baseEntry))) return ContentMergeResult.Of(ContentOutcome.Local);
        if (baseEntry is not null && local.HasContentOf(baseEntry)) return ContentMergeResult.Of(ContentOutcome.Upstream);
        if (Math.Max(baseEntry?.Size ?? 0, Math.Max(local.Size, upstream.Size)) > MergeableText.MostBytes) return ContentMergeResult.Of(ContentOutcome.TooLarge);
        return ContentMerge.Merge(baseEntry is null ? default : input.Read(baseEntry.Id), input.Read(local.Id), input.Read(upstream.Id), cancellationToken);
    }

    private FileDecision Conflict(FileTrack track, ConflictKind kind, string reason, IReadOnlyList<LineConflict>? lines = null) =>
        FileDecision.Keep(track, input, track.Conflict(kind, reason, lines));

    private static PlannedFile Result(FileTrack track, TreeEntryKind kind, ContentMergeResult merge) => merge.Outcome switch
    {
        ContentOutcome.Local => new PlannedFile(track.Target, kind, FileSource.Local, track.Local!),
        ContentOutcome.Upstream => new PlannedFile(track.Target, kind, FileSource.Upstream, track.Upstream!),
        _ => new PlannedFile(track.Target, kind, FileSource.Merged, track.Local!, merge.Text),
    };

    private static string DescribeEdit(FileTrack track, bool isRenamed, string where) => isRenamed ? $"renamed {where} to '{track.Target}'" : $"changed {where}";

    private static string LinkAndFile(TreeEntry local) => local.IsLink ? "It is a link here and a file upstream." : "It is a file here and a link upstream.";

    private static string Places(IReadOnlyList<LineConflict> lines)
    {
        var first = lines[0].Local;
        var others = lines.Count switch { 1 => "", 2 => " and in one more place", _ => $" and in {lines.Count - 1} more places" };
        return $"{(first.IsEmpty ? "" : "in ")}{first}{others}";
    }
}
