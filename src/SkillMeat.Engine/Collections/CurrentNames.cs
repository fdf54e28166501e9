using SkillMeat.Errors;

namespace SkillMeat.Collections;

/// <summary>Finds the names that collections have now, for those that were recorded elsewhere, such as in a project. Not thread-safe.</summary>
/// <param name="store">The home.</param>
/// <param name="project">The full path of the project with the records, or null if there is none.</param>
internal sealed class CurrentNames(CollectionStore store, string? project = null)
{
    private readonly Dictionary<(string, DateTimeOffset?), string> _known = [];
    private RenamedCollections? _renames;
    private bool _isRead;

    /// <summary>Returns the name that a collection has now. A name that is not known stays.</summary>
    /// <param name="recorded">The recorded name.</param>
    /// <param name="recordedAt">The time at which it was recorded, or null if that is not known.</param>
    public string Of(string recorded, DateTimeOffset? recordedAt = null)
    {
        if (!_isRead) ReadRenames();
        // Of thousands of records, nearly all name a collection that was never renamed.
        var key = (recorded, _renames?.HasFormer(recorded) == true ? recordedAt : null);
        if (_known.TryGetValue(key, out var known)) return known;
        var isAgain = false;
        return _known[key] = store.Storage.ReadAsOne(() =>
        {
            // A collection was renamed since the list was read.
            if (isAgain) ReadRenames();
            isAgain = true;
            return Find(recorded, recordedAt);
        });
    }

    /// <summary>Whether a collection that was renamed had this name.</summary>
    public bool WasUsed(string name)
    {
        if (!_isRead) ReadRenames();
        return _renames?.HasFormer(name) == true;
    }

    private string Find(string recorded, DateTimeOffset? recordedAt)
    {
        if (ArtifactId.DescribeBadName(recorded) is not null || _renames is not { } renames) return recorded;
        var isThere = Exists(recorded);
        // A new collection has the name by now. That the renamed one may be gone makes the new one no more the right one.
        if (recordedAt is { } time && project is not null && renames.FindMissed(recorded, time, project) is { } missed) return isThere || Exists(missed) ? missed : recorded;
        return !isThere && renames.Find(recorded) is { } now && Exists(now) ? now : recorded;
    }

    private bool Exists(string name) => File.Exists(store.Layout.Manifest(name));

    private void ReadRenames()
    {
        _isRead = true;
        _renames = null;
        if (!File.Exists(store.Layout.RenamesFile)) return;
        try
        {
            _renames = RenamedCollections.Parse(store.Storage.ReadConsistent([store.Layout.RenamesFile])[0], store.Layout.RenamesFile);
        }
        catch (DataFileException)
        {
            // The next rename reports it.
        }
    }
}
