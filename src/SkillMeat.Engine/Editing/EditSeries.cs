using System.Collections.Concurrent;
using SkillMeat.Changes;
using SkillMeat.Collections;
using SkillMeat.Snapshots;

namespace SkillMeat.Editing;

/// <summary>
/// Remembers the last edits, so that many small ones in a row, such as the moves of a person who sorts a group by hand, share one snapshot: each with its own would push all others out. Only edits that
/// lose no text join a series, and only as long as nobody else changes the files. Thread-safe; the lock of the collection must be held.
/// </summary>
internal sealed class EditSeries(CollectionStore store)
{
    private static readonly TimeSpan _longestPause = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan _longest = TimeSpan.FromMinutes(15);

    private readonly ConcurrentDictionary<string, Last> _last = new(StringComparer.Ordinal);

    /// <summary>Returns the id of the snapshot from before the series that the edits continue, or null if they need one of their own.</summary>
    /// <param name="collection">The collection.</param>
    /// <param name="files">Its files as they were read.</param>
    /// <param name="request">The edits.</param>
    /// <param name="before">The collection before them.</param>
    /// <param name="after">The collection after them.</param>
    public string? FindSnapshot(string collection, CollectionFiles files, EditRequest request, Collection before, Collection after)
    {
        if (request.Details.Count > 0 || !request.Edits.All(LosesNothing) || !KeepsMembers(before, after) || !_last.TryGetValue(collection, out var last)) return null;
        if (store.Time.GetElapsedTime(last.Ended) >= _longestPause || store.Time.GetElapsedTime(last.Started) >= _longest) return null;
        if (!last.Manifest.AsSpan().SequenceEqual(files.ManifestBytes) || !(last.LockFile ?? []).AsSpan().SequenceEqual(files.LockBytes)) return null;
        return new SnapshotCatalog(store, collection).Ids() is [var newest, ..] && newest == last.SnapshotId ? newest : null;
    }

    /// <summary>Notes an edit that was made.</summary>
    /// <param name="collection">The collection.</param>
    /// <param name="snapshotId">The snapshot that holds the state before.</param>
    /// <param name="manifest">The manifest that was written.</param>
    /// <param name="change">The change.</param>
    public void Note(string collection, string snapshotId, byte[] manifest, CollectionChange change)
    {
        var now = store.Time.GetTimestamp();
        var started = change.SharedSnapshotId is not null && _last.TryGetValue(collection, out var last) ? last.Started : now;
        _last[collection] = new Last(snapshotId, manifest, change.Files.LockBytes, started, now);
    }

    private static bool LosesNothing(ManifestEdit edit) => edit.Action switch
    {
        EditAction.Remove => false,
        EditAction.Set => edit.NewName is null && edit.Values.Count == 0 && edit.EnvVars.Count == 0,
        _ => true,
    };

    // Members that somebody collected since the first edit are in no snapshot.
    private static bool KeepsMembers(Collection before, Collection after)
    {
        var byName = after.GroupDefinitions.ToLookup(group => group.Name, StringComparer.Ordinal);
        return before.GroupDefinitions.All(group => byName[group.Name].Any(now => group.Members.All(member => now.Members.Contains(member, StringComparer.Ordinal))));
    }

    private sealed record Last(string SnapshotId, byte[] Manifest, byte[]? LockFile, long Started, long Ended);
}
