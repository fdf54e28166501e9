using SkillMeat.Collections;
using SkillMeat.Errors;
using SkillMeat.Objects.Trees;

namespace SkillMeat.Snapshots.Restoring;

/// <summary>Compares the artifacts of two states of a collection.</summary>
/// <param name="before">The manifest and lock file of one state; null if they do not exist or cannot be read.</param>
/// <param name="after">Those of the other state.</param>
internal sealed class ArtifactComparison((Manifest Manifest, LockFile LockFile)? before, (Manifest Manifest, LockFile LockFile)? after)
{
    /// <summary>Reads the state from the bytes of its files. A file that cannot be read may be the reason for a restore, so it is no error.</summary>
    public static (Manifest Manifest, LockFile LockFile)? TryRead(byte[]? manifest, byte[]? lockFile, string path)
    {
        try
        {
            return manifest is null ? null : (Manifest.Parse(manifest, path), LockFile.Parse(lockFile, path));
        }
        catch (DataFileException)
        {
            return null;
        }
    }

    /// <summary>Returns the artifacts that differ: their entries in manifest and lock file, or their files.</summary>
    /// <param name="paths">The changed paths, relative to the collection; an empty one stands for everything.</param>
    public TextValues Find(IReadOnlyCollection<string> paths)
    {
        var old = before?.Manifest.Ids ?? [];
        var changed = new ChangedPaths(paths);
        return TextValues.Of(old.Concat(after?.Manifest.Ids ?? []).Distinct().Where(id => !AreSame(id) || HasChangedFile(before, id, changed) || HasChangedFile(after, id, changed)).Select(id => id.ToString()));
    }

    private bool AreSame(ArtifactId id) => before is { } one && after is { } other && (one == other || (one.Manifest.HasSame(other.Manifest, id) && one.LockFile.Find(id) == other.LockFile.Find(id)));

    private static bool HasChangedFile((Manifest Manifest, LockFile LockFile)? state, ArtifactId id, ChangedPaths changed) =>
        state?.Manifest.FindPath(id) is { } path && changed.Overlap(TreePath.Normalize(path));
}
