using SkillMeat.Baselines;
using SkillMeat.Collections;
using SkillMeat.Errors;
using SkillMeat.Objects.Folders;
using SkillMeat.Objects.Trees;
using SkillMeat.Projects.Deploying;
using SkillMeat.Projects.Desired;
using SkillMeat.Projects.Records;
using SkillMeat.Storage.Files;
using SkillMeat.Storage.Locks;

namespace SkillMeat.Projects.Restoring;

/// <summary>Decides what happens with each content that is written back, and plans it. Nothing is changed before <see cref="Commit"/>. Not thread-safe.</summary>
internal sealed class RestoreSteps : IDisposable
{
    private readonly CollectionStore _store;
    private readonly RestoreCopiesRequest _request;
    private readonly CancellationToken _cancellationToken;
    private readonly OutsideFolders _outside;
    private readonly EarlierContents _earlier;
    private readonly CopyFacts _copies;
    private readonly List<ReplacedCopy> _results = [];

    public RestoreSteps(CollectionStore store, RestoreCopiesRequest request, CancellationToken cancellationToken)
    {
        (_store, _request, _cancellationToken) = (store, request, cancellationToken);
        _outside = new OutsideFolders(store.Home);
        _earlier = new EarlierContents(store, request.DryRun, cancellationToken);
        Changes = new ProjectChanges(store, store.Objects, _outside, cancellationToken);
        _copies = new CopyFacts(store, store.ActiveCollection, new DeployRequest { DryRun = request.DryRun }, Changes, _earlier, cancellationToken);
    }

    /// <summary>The results, in the order of the contents.</summary>
    public IReadOnlyList<ReplacedCopy> Results => _results;

    /// <summary>The changes of copies and kept contents.</summary>
    public ProjectChanges Changes { get; }

    /// <summary>Describes a kept content.</summary>
    public static ReplacedCopy Describe(ProjectSite site, KeptContent kept, ReplacedCopyStatus status, string? reason, bool isDry) => new(kept.Artifact)
    {
        Project = site.Folder,
        IsUserScope = site.User is not null,
        Path = kept.Path,
        ReplacedAt = kept.ReplacedAt!.Value,
        Status = status,
        Reason = reason,
        DryRun = isDry,
    };

    /// <summary>Plans to write contents back.</summary>
    /// <exception cref="SkillMeatException">Something cannot be read.</exception>
    public void Add(ProjectSite site, IReadOnlyList<KeptContent> contents)
    {
        var records = new ProjectRecords(site, _store).ReadAll();
        foreach (var kept in contents)
        {
            _cancellationToken.ThrowIfCancellationRequested();
            var (status, reason) = Restore(site, kept, records.FirstOrDefault(one => IsOf(site, one, kept)));
            _results.Add(Describe(site, kept, status, reason, _request.DryRun));
        }
    }

    /// <summary>Makes the changes in one transaction.</summary>
    /// <exception cref="StorageException">Another program changed a file meanwhile, or a file operation failed. Nothing was changed.</exception>
    public void Commit(HomeLock held)
    {
        var transaction = _store.Storage.Begin(held);
        Changes.AddTo(transaction);
        transaction.Commit(_cancellationToken);
        var warnings = transaction.Warnings.ToList();
        if (warnings.Count > 0 && _results.Count > 0) _results[0] = _results[0] with { Warnings = TextValues.Of(warnings) };
    }

    public void Dispose() => _earlier.Dispose();

    private static string DescribeConflict(KeptContent kept, string path, DeploymentRecord? record)
    {
        if (IsProjectFile(kept)) return "It has another content now. Overwrite it with force.";
        return record is null ? $"'{path}' is there, and no record names it. Overwrite it with force." : "It was edited in the project since. Overwrite it with force.";
    }

    // It has no record, and needs none.
    private static bool IsProjectFile(KeptContent kept) => kept.Artifact == DesiredFile.Id;

    private static bool IsOf(ProjectSite site, (string Root, DeploymentRecord Record) one, KeptContent kept) =>
        one.Record.Artifact == kept.Artifact && PathEquality.Comparer.Equals(site.FullPath(one.Root, one.Record.Path), kept.Path);

    private (ReplacedCopyStatus Status, string? Reason) Restore(ProjectSite site, KeptContent kept, (string Root, DeploymentRecord? Record) recorded)
    {
        if (!_store.Objects.Contains(kept.Object)) return (ReplacedCopyStatus.Error, "Its content is not in the object store any more. 'skm repair' checks the store.");
        var (folder, path) = _outside.Find(site, kept.Path);
        var name = Path.GetFileName(path);
        var content = kept.Content with { Name = name };
        var current = _copies.Disk.Read(path, name, _cancellationToken);
        var record = recorded.Record;
        string? dropped = null;
        if (current is not null)
        {
            if (_copies.Disk.Holds(path, content, _cancellationToken)) return (ReplacedCopyStatus.Unchanged, null);
            if (current.Kind == TreeEntryKind.Folder != (content.Kind == TreeEntryKind.Folder)) return (ReplacedCopyStatus.Conflict, $"'{path}' is {(current.Kind == TreeEntryKind.Folder ? "a folder" : "a file or link")}; remove it first.");
            var target = new Target(kept.Artifact, site, record?.Profile ?? "", recorded.Root ?? "", record?.Path ?? Path.GetRelativePath(site.Folder, kept.Path));
            var isSafe = record is not null && (_copies.IsDeployed(target, path, record, current) || _copies.IsOurLink(path, record));
            if (!isSafe && !_request.Force) return (ReplacedCopyStatus.Conflict, DescribeConflict(kept, path, record));
            if (!_request.DryRun) (_, dropped) = _copies.KeepStored(target, path, current);
        }

        var relative = Path.GetRelativePath(folder, path).Replace(Path.DirectorySeparatorChar, '/');
        Changes.Change(site, folder, path, [new FolderChange(relative, current, content)]);
        var reasons = new[] { record is null && !IsProjectFile(kept) ? "No record names it. Adopt it, or deploy the artifact." : null, dropped is null ? null : $"The earlier content is kept. {dropped}" }.OfType<string>().ToList();
        return (ReplacedCopyStatus.Restored, reasons.Count > 0 ? string.Join(' ', reasons) : null);
    }
}
