using SkillMeat.Merging;

namespace SkillMeat.Server.Json;

/// <summary>A file with a conflict, as <c>skm sync</c> prints it. The lines are those of the project's file.</summary>
internal sealed record SyncConflictJson(string Path, IEnumerable<string> Lines, ConflictKind Kind, string Reason, IEnumerable<string> CollectionLines)
{
    public static SyncConflictJson Of(FileConflict conflict) => new(
        conflict.Path, conflict.Lines.Select(one => one.Local.ToString()), conflict.Kind, conflict.Reason, conflict.Lines.Select(one => one.Upstream.ToString()));
}
