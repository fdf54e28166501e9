using SkillMeat.Merging;

namespace SkillMeat.Server.Json;

/// <summary>A file with a conflict, as <c>skm update</c> prints it.</summary>
internal sealed record FileConflictJson(string Path, IEnumerable<string> Lines, ConflictKind Kind, string Reason, IEnumerable<string> UpstreamLines)
{
    public static FileConflictJson Of(FileConflict conflict) => new(
        conflict.Path, conflict.Lines.Select(one => one.Local.ToString()), conflict.Kind, conflict.Reason, conflict.Lines.Select(one => one.Upstream.ToString()));
}
