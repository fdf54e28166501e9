using SkillMeat.Storage.Journal;

namespace SkillMeat.Snapshots;

/// <summary>The snapshots of one collection that lie on the disk in one way.</summary>
internal interface ISnapshotStore
{
    /// <summary>The ids, newest first. An id is a time, so its order is the order of time.</summary>
    IReadOnlyList<string> Ids();

    /// <summary>Whether there is a snapshot with this id.</summary>
    bool Contains(string id);

    /// <summary>Those of them that no person made, newest first.</summary>
    IReadOnlyList<string> AutomaticIds();

    /// <summary>What a list shows of one; a damaged one has a problem, because the others are what somebody needs then.</summary>
    SnapshotInfo ReadInfo(string id);

    /// <summary>Adds the removal of snapshots to a change; one that is gone already is removed as well as it can be.</summary>
    void Remove(Transaction change, IReadOnlyCollection<string> ids);
}
