using SkillMeat.Storage.Journal;

namespace SkillMeat.Snapshots;

/// <summary>The snapshots of one collection in one format.</summary>
internal interface ISnapshotStore
{
    /// <summary>Returns the ids, newest first. Ids are times, so their order is chronological.</summary>
    IReadOnlyList<string> Ids();

    /// <summary>Whether there is a snapshot with this id.</summary>
    bool Contains(string id);

    /// <summary>Returns the ids of those that were not taken manually, newest first.</summary>
    IReadOnlyList<string> AutomaticIds();

    /// <summary>Reads the data of a snapshot for lists. A damaged one gets its problem instead of an exception, so that the others can still be listed.</summary>
    SnapshotInfo ReadInfo(string id);

    /// <summary>Adds the removal of snapshots to a transaction. Unknown ids are ignored.</summary>
    void Remove(Transaction change, IReadOnlyCollection<string> ids);
}
