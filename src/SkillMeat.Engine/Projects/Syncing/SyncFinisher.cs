using SkillMeat.Baselines;
using SkillMeat.Collections;
using SkillMeat.Objects;
using SkillMeat.Objects.Folders;
using SkillMeat.Objects.Trees;
using SkillMeat.Projects.Deploying;
using SkillMeat.Projects.Records;

namespace SkillMeat.Projects.Syncing;

/// <summary>Brings decided contents to each side, and plans the changes of the copies, their records and the kept contents.</summary>
internal sealed class SyncFinisher(CollectionStore store, ObjectStore objects, SyncRequest request, SyncContents contents, ProjectChanges projects)
{
    private const string OldSettings = "The settings of Claude Code still have the parts of the earlier version. 'skm deploy --activate' or 'Install-SkmArtifact -Activate' renews them.";

    /// <summary>Plans the changes, when every copy is decided.</summary>
    /// <param name="copies">The copies.</param>
    /// <param name="changed">The artifacts that change in collections.</param>
    public void Finish(IReadOnlyList<SyncCopy> copies, IReadOnlyList<SyncedArtifact> changed)
    {
        foreach (var copy in copies) BringToFinal(copy);
        foreach (var artifact in changed) Land(artifact, copies);
        contents.Commit();
        foreach (var copy in copies) Finish(copy);
    }

    // Several copies of one artifact end with one content.
    private void BringToFinal(SyncCopy copy)
    {
        if (copy is not { Artifact: { Current: { } final } artifact }) return;
        if (copy.Entry.Status == SyncStatus.Unchanged)
        {
            if (!artifact.IsChanged) return;
            if (request.Direction == SyncDirection.Push)
            {
                copy.Artifact = null;
                return;
            }

            copy.Report(SyncStatus.Pulled, "Another copy changed it in the same sync.");
        }

        // Its content was the collection's, so it is stored there.
        if (copy.Before is { } before && contents.AreSame(before, final)) return;
        var landed = contents.Land(copy.Before, final, Path.GetFileName(copy.Path));
        copy.After = landed.After;
        copy.Entry = copy.Entry with { ProjectFiles = [.. landed.Files] };
        if (copy.IsActive) copy.Report(copy.Entry.Status, string.Join(' ', new[] { copy.Entry.Reason, OldSettings }.OfType<string>()));
    }

    private void Land(SyncedArtifact artifact, IReadOnlyList<SyncCopy> copies)
    {
        var landed = contents.Land(artifact.Before, artifact.Current!, TreePath.LastPart(artifact.Path));
        artifact.After = landed.After;
        foreach (var copy in copies.Where(copy => copy.Artifact == artifact && copy.Entry.Status is SyncStatus.Pushed or SyncStatus.Merged)) copy.Entry = copy.Entry with { CollectionFiles = [.. landed.Files] };
    }

    private void Finish(SyncCopy copy)
    {
        if (copy.Twin is { } twin) FollowTwin(copy, twin);
        if (copy.Fork is { } fork) Move(copy, fork);
        else if (copy is { Artifact: { Current: { } final } }) Record(copy, final);
    }

    // Two records, of two profiles whose folders are one by a link, name one copy.
    private static void FollowTwin(SyncCopy copy, SyncCopy twin)
    {
        if (twin.Target.Artifact == copy.Target.Artifact && twin.Fork is null)
        {
            copy.Entry = twin.Entry with { Profile = copy.Entry.Profile, Path = copy.Entry.Path };
            copy.Artifact = twin.Artifact;
        }
        else
        {
            copy.Report(SyncStatus.Skipped, $"Its copy is that of {twin.Target.Artifact}, which another record names.");
        }
    }

    private void Record(SyncCopy copy, TreeEntry final)
    {
        var (target, hash, project) = (copy.Target, contents.HashOf(final), copy.Target.Site);
        var name = Path.GetFileName(copy.Path);
        if (copy.After is { } after)
        {
            // A version that another home deployed may be nowhere else.
            var isOfAnother = projects.KeptOf(project).Find(target.FullPath, target.Record.ContentHash) is null;
            if (copy.Before is { } replaced && (copy.IsEdited || isOfAnother)
                && projects.KeepReplaced(project, new KeptContent(target.Artifact, target.FullPath, contents.HashOf(replaced), replaced, store.Time.GetUtcNow())) is { } dropped)
            {
                copy.Report(copy.Entry.Status, copy.Entry.Reason is { } reason ? $"{reason} {dropped}" : $"The earlier content is kept. {dropped}");
            }

            var relative = RelativeIn(copy.Folder, copy.Path);
            projects.Change(target.Site, copy.Folder, copy.Path, new FolderChangePlanner(objects).Plan(relative, copy.Before, after) ?? [new FolderChange(relative, copy.Before, after)]);
        }

        var isKept = projects.KeptOf(project).Find(target.FullPath, hash) is not null;
        if (target.Record.ContentHash == hash && isKept) return;
        if (copy.Entry.Status == SyncStatus.Unchanged && target.Record.ContentHash != hash) copy.Report(SyncStatus.Unchanged, "Both sides had the same content; the record says so now.");
        projects.Keep(project, new KeptContent(target.Artifact, target.FullPath, hash, final with { Name = name }));
        if (target.Record.ContentHash != hash) projects.RecordsOf(target.Site, target.Root).File.Set(Renewed(target, hash), target.Root);
    }

    private void Move(SyncCopy copy, SyncFork fork)
    {
        var (target, before) = (copy.Target, copy.Before!);
        var stored = fork.Content with { Mode = before.Mode };
        var path = Path.Combine(Path.GetDirectoryName(copy.Path)!, stored.Name);
        projects.Change(target.Site, copy.Folder, path, [new FolderChange(RelativeIn(copy.Folder, copy.Path), stored with { Name = before.Name }, After: null), new FolderChange(RelativeIn(copy.Folder, path), Before: null, stored)]);
        projects.Keep(target.Site, new KeptContent(fork.Id, target.Site.FullPath(target.Root, copy.ForkPath), fork.ContentHash, stored));
        var records = projects.RecordsOf(target.Site, target.Root).File;
        records.Remove(new HashSet<(ArtifactId, string)> { target.Record.Key });
        records.Set(Renewed(target, fork.ContentHash) with { Artifact = fork.Id, Path = copy.ForkPath }, target.Root);
    }

    private DeploymentRecord Renewed(SyncTarget target, string hash) => target.Record with
    {
        ContentHash = hash,
        DeployedAt = store.Time.GetUtcNow(),
        Lineage = [hash, .. target.Record.Lineage.Where(earlier => earlier != hash)],
        ModifiedSince = null,
    };

    private static string RelativeIn(string folder, string path) => Path.GetRelativePath(folder, path).Replace(Path.DirectorySeparatorChar, '/');
}
