using SkillMeat.Additions;
using SkillMeat.Collections;
using SkillMeat.Editing;
using SkillMeat.Errors;
using SkillMeat.Organizing;
using SkillMeat.Removals;
using SkillMeat.Snapshots;
using SkillMeat.Storage;
using SkillMeat.Updates;
using SkillMeat.Upstream;

namespace SkillMeat.Tests.CrashHost;

/// <summary>An operation on a home that <see cref="OperationPlace"/> prepared. The same operation on the same home always takes the same steps and writes the same bytes.</summary>
/// <param name="home">The home.</param>
/// <param name="upstream">The folder from which its artifacts come.</param>
/// <param name="faults">Called before every step.</param>
internal sealed class OperationScenario(string home, string upstream, IStorageFaults? faults)
{
    public const string Other = "work";

    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(60);

    /// <summary>Runs the operation.</summary>
    /// <exception cref="SkillMeatException">The operation failed, as a whole or for an artifact.</exception>
    public async Task RunAsync(string operation, CancellationToken cancellationToken)
    {
        var store = CollectionStore.Open(home, new FixedTime(), faults);
        switch (operation)
        {
            case OperationNames.Add:
                await AddAsync(store, collection: null, ["skills/new one", "commands/fresh.md"], cancellationToken).ConfigureAwait(false);
                break;
            case OperationNames.Update:
                await UpdateAsync(store, new UpdateRequest(), cancellationToken).ConfigureAwait(false);
                break;
            case OperationNames.UpdateBoth:
                await UpdateAsync(store, new UpdateRequest { Collections = [Other, HomeConfig.DefaultCollectionName] }, cancellationToken).ConfigureAwait(false);
                break;
            case OperationNames.Remove:
                await new ArtifactRemover(store).RemoveAsync(new RemoveRequest { Artifacts = ["pdf", "command:review"], LockTimeout = _patience }, cancellationToken).ConfigureAwait(false);
                break;
            case OperationNames.Restore:
                await RestoreAsync(store, [], cancellationToken).ConfigureAwait(false);
                break;
            case OperationNames.RestoreSome:
                await RestoreAsync(store, ["pdf", "review"], cancellationToken).ConfigureAwait(false);
                break;
            case OperationNames.Snapshot:
                await new CollectionSnapshots(store).TakeAsync(null, "taken", _patience, cancellationToken).ConfigureAwait(false);
                break;
            case OperationNames.Rename:
                await Organize(store).RenameAsync(new RenameCollectionRequest { NewName = "renamed one", LockTimeout = _patience }, cancellationToken).ConfigureAwait(false);
                break;
            case OperationNames.Delete:
                await Organize(store).DeleteAsync(new DeleteCollectionRequest { Collection = HomeConfig.DefaultCollectionName, LockTimeout = _patience }, cancellationToken).ConfigureAwait(false);
                break;
            case OperationNames.Describe:
                await Organize(store).DescribeAsync(null, "For work\nand play", _patience, cancellationToken).ConfigureAwait(false);
                break;
            case OperationNames.Move:
                await Transfer(store).MoveAsync(Transferred, cancellationToken).ConfigureAwait(false);
                break;
            case OperationNames.Copy:
                await Transfer(store).CopyAsync(Transferred, cancellationToken).ConfigureAwait(false);
                break;
            case OperationNames.Edit:
                await EditAsync(store, cancellationToken).ConfigureAwait(false);
                break;
            default:
                throw new ArgumentException($"no operation '{operation}'", nameof(operation));
        }
    }

    private static TransferRequest Transferred => new() { Artifacts = ["edited", "command:*"], Destination = Other, LockTimeout = _patience };

    public async Task AddAsync(CollectionStore store, string? collection, IReadOnlyList<string> paths, CancellationToken cancellationToken)
    {
        using var session = Connect(store);
        var request = new AddRequest { Artifacts = [.. paths.Select(path => new ArtifactAddition(Path.Combine(upstream, path)))], Collection = collection, BaseFolder = upstream, LockTimeout = _patience };
        var entries = await new ArtifactAdder(store, session).AddAsync(request, cancellationToken).ConfigureAwait(false);
        if (entries.FirstOrDefault(entry => entry.Status == AddStatus.Error) is { } failed) throw new SkillMeatException(failed.ErrorId!, failed.Reason!);
    }

    public static UpstreamSession Connect(CollectionStore store) => UpstreamSession.Create(store, new UpstreamSessionOptions { Environment = _ => null });

    // Without the folders of the user who runs the tests.
    private CollectionOrganizer Organize(CollectionStore store) => new(store, _ => upstream);

    private ArtifactTransfer Transfer(CollectionStore store) => new(store, _ => upstream);

    private static async Task UpdateAsync(CollectionStore store, UpdateRequest request, CancellationToken cancellationToken)
    {
        using var session = Connect(store);
        var result = await new ArtifactUpdater(store, session).UpdateAsync(request with { LockTimeout = _patience }, cancellationToken).ConfigureAwait(false);
        if (result.Entries.FirstOrDefault(entry => entry.Status is UpdateStatus.Error or UpdateStatus.Conflict) is { } failed)
        {
            throw new SkillMeatException(failed.ErrorId ?? ErrorIds.InvalidData, failed.Reason!);
        }
    }

    private static Task<EditResult> EditAsync(CollectionStore store, CancellationToken cancellationToken) => new ManifestEditor(store).EditAsync(
        new EditRequest
        {
            Edits =
            [
                new ManifestEdit(ManifestList.Groups, EditAction.Create, "Daily") { Items = ["pdf"] },
                new ManifestEdit(ManifestList.Groups, EditAction.Create, "First") { Items = ["review"], Position = 0 },
                new ManifestEdit(ManifestList.McpServers, EditAction.Create, "files") { Values = new Dictionary<string, string?> { ["repo"] = "octo/files" }, EnvVars = new Dictionary<string, string?> { ["ROOT"] = "/" } },
            ],
            LockTimeout = _patience,
        },
        cancellationToken);

    private static async Task RestoreAsync(CollectionStore store, IReadOnlyCollection<string> artifacts, CancellationToken cancellationToken)
    {
        var snapshots = new CollectionSnapshots(store);
        var taken = snapshots.List(null).Snapshots.First(snapshot => snapshot.Message == OperationPlace.Message);
        await snapshots.RestoreAsync(null, taken.SnapshotId, artifacts, _patience, cancellationToken).ConfigureAwait(false);
    }
}
