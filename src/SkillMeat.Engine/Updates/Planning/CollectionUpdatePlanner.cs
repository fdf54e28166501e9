using SkillMeat.Artifacts;
using SkillMeat.Baselines;
using SkillMeat.Checks;
using SkillMeat.Collections;
using SkillMeat.Errors;
using SkillMeat.Objects;
using SkillMeat.Objects.Trees;
using SkillMeat.Upstream;

namespace SkillMeat.Updates.Planning;

/// <summary>Plans the update of a collection as it is now. A dry run and the update itself make the same plan.</summary>
/// <param name="collection">The name of the collection's folder.</param>
/// <param name="objects">The store of the contents.</param>
/// <param name="request">The request.</param>
/// <param name="strategyOf">Returns the strategy for an artifact.</param>
/// <param name="cancellationToken">Stops the work.</param>
internal sealed class CollectionUpdatePlanner(
    string collection, ObjectStore objects, UpdateRequest request, Func<ArtifactId, UpdateStrategy> strategyOf, CancellationToken cancellationToken)
{
    /// <summary>Makes the plan.</summary>
    /// <param name="inputs">The input for each artifact.</param>
    /// <param name="files">Manifest and lock file as they are.</param>
    /// <param name="folder">The collection's folder as it is, stored.</param>
    /// <param name="resolved">A merge that was made by hand, stored; null for none.</param>
    /// <returns>The plan; null if an artifact was changed in manifest or lock file since the inputs were gathered, or if one has moved and any other was changed.</returns>
    public CollectionUpdate? Plan(IReadOnlyList<UpdateInput> inputs, CollectionFiles files, ObjectId folder, TreeEntry? resolved)
    {
        var now = files.ReadArtifacts(collection).ToDictionary(artifact => artifact.Id);
        // All artifacts that have moved share one list.
        if (!inputs.Select(input => input.Followed).Distinct().All(followed => AreSame(followed, now))) return null;
        var updates = new List<ArtifactUpdate>();
        using var writer = objects.BeginWrite();
        foreach (var input in inputs)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (!now.TryGetValue(input.Tracked.Artifact.Id, out var artifact) || !IsSame(artifact, input.Tracked.Artifact)) return null;
            updates.Add(PlanOne(input, folder, resolved, writer));
        }

        // Merged contents can be read only now.
        writer.Commit();
        return new CollectionUpdate(collection, files, updates.ConvertAll(Finish));
    }

    private ArtifactUpdate Finish(ArtifactUpdate update)
    {
        if (update is { Entry.Status: UpdateStatus.Merged, After: { } after })
        {
            try
            {
                Validate(after, update.Entry.Id.Type, update.Entry.Name, "what was merged");
            }
            catch (SkillMeatException e) when (e.ErrorId == ErrorIds.ArtifactInvalid)
            {
                return new ArtifactUpdate(Failed(update.Entry with { Files = [] }, e));
            }
        }

        return request.DryRun && update is { Entry.IsChange: true, IsRemoval: false } ? update with { Entry = update.Entry with { Files = [.. WithDiffs(update)] } } : update;
    }

    private static bool IsSame(Artifact one, Artifact other) =>
        (one.Path, one.Upstream, one.Ref, one.ResolvedSha, one.ContentHash) == (other.Path, other.Upstream, other.Ref, other.ResolvedSha, other.ContentHash);

    private static bool AreSame(IReadOnlyDictionary<ArtifactId, string?>? followed, Dictionary<ArtifactId, Artifact> now) =>
        followed is null || (followed.Count == now.Count && followed.All(one => now.TryGetValue(one.Key, out var artifact) && artifact.Upstream == one.Value));

    private ArtifactUpdate PlanOne(UpdateInput input, ObjectId folder, TreeEntry? resolved, ObjectWriter writer)
    {
        var entry = new UpdateEntry(input.Tracked.Artifact.Id)
        {
            Collection = collection,
            Status = UpdateStatus.Skipped,
            ChangeType = input.Check.ChangeType,
            OldSha = input.Check.OldSha,
            NewSha = input.Check.NewSha,
            Reason = input.Check.Reason,
            Warnings = TextValues.Of(input.Warnings),
            DryRun = request.DryRun,
        };
        if (request.Version is not null && input.Source is { Repository.Kind: RepositoryKind.Folder })
        {
            return new ArtifactUpdate(Failed(entry, new SkillMeatException(ErrorIds.InvalidArgument, "Its upstream is a folder, which has no versions to follow.")));
        }

        try
        {
            return input.Check.ChangeType switch
            {
                ChangeType.Updated or ChangeType.Moved => PlanNews(input, entry, folder, resolved, writer),
                ChangeType.Deleted => PlanDeleted(input, entry, folder),
                ChangeType.UpToDate when input.IsMissing => PlanNews(input, entry with { Reason = "Its files are gone here." }, folder, resolved, writer),
                ChangeType.UpToDate => PlanUpToDate(input, entry),
                _ => new ArtifactUpdate(input.Check.ErrorId is { } id ? entry with { Status = UpdateStatus.Error, ErrorId = id } : entry),
            };
        }
        catch (SkillMeatException e) when (e.ErrorId is not (ErrorIds.StorageFailed or ErrorIds.ConcurrentChange or ErrorIds.ObjectMissing))
        {
            return new ArtifactUpdate(Failed(entry, e));
        }
    }

    private bool KeepsLocal(UpdateInput input) => strategyOf(input.Tracked.Artifact.Id) switch
    {
        UpdateStrategy.KeepLocal => true,
        UpdateStrategy.Merge or UpdateStrategy.TakeUpstream or UpdateStrategy.Prompt => false,
        var unknown => throw new ArgumentOutOfRangeException(nameof(input), unknown, "There is no such update strategy."),
    };

    private static UpdateEntry Failed(UpdateEntry entry, SkillMeatException error) => entry with { Status = UpdateStatus.Error, Reason = error.Message, ErrorId = error.ErrorId };

    private ArtifactUpdate PlanUpToDate(UpdateInput input, UpdateEntry entry)
    {
        if (request.Version is not { } version || version == input.Tracked.Artifact.Ref)
        {
            var pin = input.Tracked.Follows.IsFullCommit ? "commit" : input.Check.NewTag is null ? null : "tag";
            return new ArtifactUpdate(entry with { Status = UpdateStatus.Unchanged, Reason = pin is null ? null : $"It is pinned to the {pin} {input.Tracked.Follows}." });
        }

        if (KeepsLocal(input)) return new ArtifactUpdate(entry with { Status = UpdateStatus.KeptLocal, Reason = "It stays as it is." });
        // The files are the same; only the version to follow changes.
        return WithVersion(new ArtifactUpdate(entry with { Status = UpdateStatus.Updated, Reason = $"It follows {version} now; its files are the same there." }), input, input.Tracked.Artifact.ContentHash);
    }

    private ArtifactUpdate PlanDeleted(UpdateInput input, UpdateEntry entry, ObjectId folder)
    {
        // Removing an artifact that may have moved would lose files that are still upstream.
        if (!request.RemoveDeleted || input.Check.IsDoubtful) return new ArtifactUpdate(entry with { Reason = $"{entry.Reason} It stays here." });
        if (KeepsLocal(input)) return new ArtifactUpdate(entry with { Status = UpdateStatus.KeptLocal, Reason = $"{entry.Reason} It stays here." });
        var place = Locate(input, folder);
        return new ArtifactUpdate(entry with
        {
            Status = UpdateStatus.Removed,
            Reason = entry.Reason,
            Files = place.Before is null ? [] : [.. ContentFiles.Of(objects, place.Before).Files.Keys.Select(path => new FileUpdate(place.Before.Kind == TreeEntryKind.Folder ? path : place.Before.Name, FileUpdateKind.Deleted))],
        })
        {
            Path = place.Path,
            Before = place.Before,
            IsRemoval = true,
        };
    }

    private ArtifactUpdate PlanNews(UpdateInput input, UpdateEntry entry, ObjectId folder, TreeEntry? resolved, ObjectWriter writer)
    {
        if (input.Error is { } error) return new ArtifactUpdate(Failed(entry, error));
        if (KeepsLocal(input)) return new ArtifactUpdate(entry with { Status = UpdateStatus.KeptLocal, Reason = Join(entry.Reason, "The local files are kept.") });
        var artifact = input.Tracked.Artifact;
        // The content may no longer be an artifact upstream.
        entry = WithProblems(entry, ValidateUpstream(input));
        var (path, before) = Locate(input, folder);
        var upstream = ContentFiles.Of(objects, input.Upstream!);
        var fetchedHash = upstream.ContentHash();
        // The check of a folder found the same hash, and thousands of copies of it take megabytes.
        if (fetchedHash == input.Check.NewSha) fetchedHash = input.Check.NewSha;
        entry = entry with { NewSha = input.Source!.Repository.Kind == RepositoryKind.Folder ? fetchedHash : entry.NewSha };
        var content = before is null ? PlanMissing(upstream, path) : PlanContent(input, before, upstream, strategyOf(artifact.Id), resolved, writer);
        if (content.Conflicts.Count > 0)
        {
            var reason = string.Join(" ", content.Conflicts.Select(conflict => $"{conflict.Path}: {conflict.Reason}"));
            return new ArtifactUpdate(entry with { Status = UpdateStatus.Conflict, Conflicts = [.. content.Conflicts], Reason = reason }) { Before = before };
        }

        var status = content.IsMerged ? UpdateStatus.Merged : UpdateStatus.Updated;
        return WithVersion(new ArtifactUpdate(entry with { Status = status, Files = [.. content.Files] })
        {
            Path = path,
            Before = before,
            After = content.After,
            Metadata = new MetadataUpdate(() => DescribeChange(input)),
        }, input, fetchedHash);
    }

    // Apart, because a lambda keeps all locals of its method that any lambda uses, and the metadata of thousands of artifacts take megabytes.
    private static UpdateEntry WithProblems(UpdateEntry entry, ValidArtifact valid) =>
        entry with { Warnings = TextValues.Of([.. valid.Description.Problems.Select(problem => problem.Describe(valid.ManifestFile!)), .. entry.Warnings]) };

    private PlannedContent PlanContent(UpdateInput input, TreeEntry before, ContentFiles upstream, UpdateStrategy strategy, TreeEntry? resolved, ObjectWriter writer)
    {
        var local = ContentFiles.Of(objects, before);
        if (local.IsFolder != upstream.IsFolder)
        {
            throw new SkillMeatException(ErrorIds.ArtifactInvalid, $"It is a {(local.IsFolder ? "folder" : "file")} here and a {(upstream.IsFolder ? "folder" : "file")} upstream.");
        }

        var baseFiles = input.Base is { } entry ? ContentFiles.Of(objects, entry) : null;
        var planner = new ContentPlanner(objects, writer, baseFiles?.IsFolder == local.IsFolder ? baseFiles : null, local, upstream);
        return resolved is null
            ? planner.Plan(strategy, request.Clean, request.ResolveWith, cancellationToken)
            : planner.PlanResolved(ContentFiles.Of(objects, resolved), request.Clean);
    }

    // The artifact is listed, but its files are gone: all of upstream's files are added.
    private static PlannedContent PlanMissing(ContentFiles upstream, string path)
    {
        var name = path[(path.LastIndexOf('/') + 1)..];
        return new PlannedContent(
            upstream.Root with { Name = name },
            [.. upstream.Files.Keys.Order(StringComparer.Ordinal).Select(file => new FileUpdate(upstream.IsFolder ? file : name, FileUpdateKind.Added))],
            [],
            IsMerged: false);
    }

    private ArtifactUpdate WithVersion(ArtifactUpdate update, UpdateInput input, string? contentHash)
    {
        var isFolder = input.Source!.Repository.Kind == RepositoryKind.Folder;
        var commit = isFolder ? null : input.Check.NewSha;
        var moved = input.Check.ChangeType == ChangeType.Moved;
        // A folder's address names no commit, so it stays as the user wrote it.
        var address = isFolder && !moved ? input.Tracked.Artifact.Upstream : UpstreamAddress.Of(input.Source, commit);
        var id = input.Tracked.Artifact.Id;
        return update with
        {
            Version = new ArtifactVersion(address, commit, input.Check.NewTag, request.Version),
            LockEntry = contentHash is null ? null : new LockEntry(contentHash, address, commit, input.Check.NewTag),
            Base = contentHash is not null && input.Upstream is { } upstream ? new MergeBase(id, contentHash, upstream) : null,
        };
    }

    /// <summary>Finds the artifact in the stored folder. An artifact behind a link is not part of the collection, because no snapshot would have it.</summary>
    private (string Path, TreeEntry? Before) Locate(UpdateInput input, ObjectId folder)
    {
        var path = TreePath.Normalize(input.Tracked.Artifact.Path);
        var parts = path.Split('/');
        for (var i = 1; i <= parts.Length; i++)
        {
            var place = string.Join('/', parts[..i]);
            if (objects.Find(folder, place) is { Kind: TreeEntryKind.Link })
            {
                throw new SkillMeatException(
                    ErrorIds.InvalidArgument,
                    $"'{place}' in the collection is a link, so its files are outside the collection, and no snapshot has them. Update them where they are, or replace the link with a copy.");
            }
        }

        return (path, objects.Find(folder, path));
    }

    /// <summary>Describes the artifact as it was fetched, or returns null if its files are not known or were no valid artifact.</summary>
    private ArtifactDescription? DescribeBase(UpdateInput input)
    {
        if (input.Base is not { } content) return null;
        var artifact = input.Tracked.Artifact;
        try
        {
            return ArtifactValidator.Validate(new ArtifactContent(objects, content), artifact.Id.Type, artifact.Name).Description;
        }
        catch (SkillMeatException e) when (e.ErrorId is ErrorIds.ArtifactInvalid)
        {
            return null;
        }
    }

    private ValidArtifact ValidateUpstream(UpdateInput input) =>
        Validate(input.Upstream!, input.Tracked.Artifact.Id.Type, input.Tracked.Artifact.Name, $"upstream's {input.Source!.Path}");

    private (NewArtifact? Before, NewArtifact After) DescribeChange(UpdateInput input)
    {
        var (before, after) = (DescribeBase(input), ValidateUpstream(input).Description);
        // Keys that an unreadable base did not withdraw are still in the manifest, and in its copy of the front matter before.
        if (before is { IsIncomplete: true } && FrontMatterExtra.ReadCopy(input.Tracked.Artifact) is { } recorded) before = before.FillFrom(recorded);
        return (
            before is null ? null : Describe(before).WithLinkedPaths(input.Tracked.Artifact.LinkedPaths),
            Describe(before is null ? after : after.FillFrom(before)).WithLinkedPaths(input.Links));

        NewArtifact Describe(ArtifactDescription description) =>
            description.AddTo(new NewArtifact { Id = input.Tracked.Artifact.Id, Path = input.Tracked.Artifact.Path, Origin = input.Tracked.Artifact.Origin });
    }

    private ValidArtifact Validate(TreeEntry content, ArtifactType type, string name, string what)
    {
        try
        {
            return ArtifactValidator.Validate(new ArtifactContent(objects, content), type, name);
        }
        catch (SkillMeatException e) when (e.ErrorId == ErrorIds.ArtifactInvalid)
        {
            throw new SkillMeatException(e.ErrorId, $"{char.ToUpperInvariant(what[0])}{what[1..]} can't be used: {e.Message}", e);
        }
    }

    private List<FileUpdate> WithDiffs(ArtifactUpdate update)
    {
        var (old, @new) = (update.Before is null ? null : ContentFiles.Of(objects, update.Before), update.After is null ? null : ContentFiles.Of(objects, update.After));
        return update.Entry.Files.Select(file => file with { Diff = DiffOf(file.Path, Find(old, file.Path), Find(@new, file.Path)) }).ToList();
    }

    private string? DiffOf(string path, TreeEntry? before, TreeEntry? after)
    {
        // A file that is too long to show need not be read.
        if (new[] { before, after }.Any(entry => entry?.Size > UnifiedDiff.MostBytes)) return null;
        return UnifiedDiff.Of(path, before is null ? null : objects.ReadBlob(before.Id), after is null ? null : objects.ReadBlob(after.Id), cancellationToken);
    }

    private static TreeEntry? Find(ContentFiles? files, string path) => files?.Files.GetValueOrDefault(files.IsFolder ? path : ContentFiles.OnlyFile);

    private static string Join(string? reason, string more) => reason is null ? more : $"{reason} {more}";
}
